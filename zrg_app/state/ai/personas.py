"""Who may speak in drafts, and how is a persona made, looked at before it speaks, and changed?"""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import Scope
from zrg_app.services import knowledge
from zrg_app.services.knowledge import CompanyView, PersonaView, PreviewView, casting
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission, public, toast, wanted_id
from zrg_app.state.settings.forms import texts
from zrg_app.state.settings.words import conflict_sentence

FRESH = PersonaView(tone="friendly-professional", greeting="Hi {firstName},")
SECOND_LOOK = "Some fields need a second look; nothing was saved yet."
FIELDS = tuple(casting.LIMITS)


class PersonasState(BaseState):
    """The personas, and the one being edited. Its fields are the browser's until Save; `turn` changes when they must show
    something else."""

    personas: tuple[PersonaView, ...] = ()
    is_editing: bool = False
    shown: PersonaView = FRESH
    previews: tuple[PreviewView, ...] = ()
    problems: dict[str, str] = {}
    trouble: str = ""
    turn: int = 0
    _company: CompanyView = CompanyView()

    @rx.event
    @public("the frame asks for the permission to see settings before anything is read")
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def begin(self):
        """Write a new persona."""
        await self._scope(Permission.EDIT_SETTINGS, fresh=False)
        self._edit(FRESH)
        return rx.call_script("window.scrollTo(0, 0)")

    @rx.event
    async def edit(self, persona_id: str):
        """Open a persona."""
        self._edit(await self._call(knowledge.persona, wanted_id(persona_id), permission=Permission.SEE_SETTINGS))

    @rx.event
    async def close(self):
        """Back to the list; what was typed is forgotten."""
        self.personas = await self._call(knowledge.personas, permission=Permission.SEE_SETTINGS)
        self.is_editing = False

    @rx.event
    async def look(self, sender_name: str, greeting: str, sms_greeting: str, linkedin_greeting: str, signature: str):
        """Show how messages would begin and end with what is typed."""
        await self._scope(Permission.SEE_SETTINGS, fresh=False)
        typed = {"sender_name": sender_name, "greeting": greeting, "sms_greeting": sms_greeting, "linkedin_greeting": linkedin_greeting,
                 "signature": signature}
        self._preview({name: str(value)[:casting.LIMITS[name]] for name, value in typed.items()})

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Write the persona. A wrong value or somebody else's change of the same field is said, and nothing is written."""
        wanted = texts(form, FIELDS)
        self.problems = casting.problems({"name": "", **wanted})
        self.trouble = SECOND_LOOK if self.problems else ""
        if self.problems:
            return rx.call_script("window.zrg?.settings?.toProblem()")
        try:
            done = await self._call(_save, self.shown, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        except Refused as refused:
            self.trouble = refused.sentence
            return None
        if done.conflicts:
            # What is stored counts as shown now, so that a second Save is a decision.
            self.shown, self.trouble = done.persona, conflict_sentence(done.conflicts)
            return None
        await self.close()
        return toast(f"{done.persona.name} is saved.")

    @rx.event
    async def make_default(self, persona_id: str):
        """Let a persona speak wherever no campaign names another."""
        await self._call(casting.make_default, wanted_id(persona_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self.close()
        return toast("Speaks from now on wherever no campaign names another.")

    @rx.event
    async def delete(self, persona_id: str):
        """Take a persona away."""
        await self._call(casting.delete, wanted_id(persona_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self.close()
        return toast("The persona is deleted.")

    async def _read(self) -> None:
        self.personas, self._company = await self._call(_about, permission=Permission.SEE_SETTINGS)

    def _edit(self, persona: PersonaView) -> None:
        self.shown, self.is_editing, self.problems, self.trouble, self.turn = persona, True, {}, "", self.turn + 1
        self._preview({})

    def _preview(self, typed: Mapping[str, str]) -> None:
        values = {name: typed.get(name, getattr(self.shown, name)) for name in FIELDS}
        lines = {"email": self._company.email_opt_out_line, "sms": self._company.sms_opt_out_line}
        self.previews = knowledge.preview(PersonaView(**values), company=self._company.name, opt_out=lines)


def _about(tx: Tx, scope: Scope) -> tuple[tuple[PersonaView, ...], CompanyView]:
    return knowledge.personas(tx, scope), knowledge.company(tx, scope)


def _save(tx: Tx, scope: Scope, shown: PersonaView, wanted: Mapping[str, object]) -> casting.PersonaEdit:
    if shown.id:
        return casting.edit(tx, scope, shown, wanted)
    return casting.PersonaEdit(persona=casting.create(tx, scope, wanted), changed=tuple(wanted))
