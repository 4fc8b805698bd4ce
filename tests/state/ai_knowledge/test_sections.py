"""Personas, Company and Knowledge as each role meets them, whatever a browser sends."""

from uuid import UUID

import pytest

from tests.state.ai_knowledge.opened import opened
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound, Refused
from zrg_app.services import access, knowledge, workspaces
from zrg_app.services.jobs.run import run_ready
from zrg_app.services.knowledge import casting
from zrg_app.state import visits
from zrg_app.state.ai.company import CompanyState
from zrg_app.state.ai.knowledge import KnowledgeState
from zrg_app.state.ai.personas import PersonasState
from zrg_app.state.settings.frame import SettingsState

HOSTILE = ("", None, {"id": "x"}, [], 7, "\x00", "x" * 9999)
SECTIONS = (PersonasState, CompanyState, KnowledgeState)


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


@pytest.mark.parametrize("section", SECTIONS)
async def test_a_setter_sees_nothing_and_is_told_whom_to_ask(world: World, section: type) -> None:
    shown, frame = await opened(world.ben, section)
    assert (frame.status, frame.whom_to_ask) == ("closed", "Mara Reyes")
    assert not any(getattr(shown, name, ()) for name in ("personas", "assets", "questions"))


@pytest.mark.parametrize("section", SECTIONS)
async def test_an_inbox_manager_looks_on(world: World, section: type) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
    _, frame = await opened(world.ben, section)
    assert (frame.status, frame.may_edit) == ("ready", False)
    assert frame.read_only_reason == "You can look at these settings. To change one, ask Mara Reyes."


async def test_the_old_link_to_the_ai_tab_leads_here(world: World) -> None:
    answer = await panel(SettingsState, token=signed_in(world.mara), url="/settings?settingsTab=ai").load()
    assert f"/ai/personas?clientId={world.acme}" in str(answer)


async def test_who_may_not_change_anything_is_refused_at_every_door(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
        persona = casting.create(tx, world.as_mara, {"name": "Chris"})
        asset = str(knowledge.add_text(tx, world.as_mara, name="Plans", text="words"))
        question, = knowledge.add_question(tx, world.as_mara, "How many?")
    personas, company, known = [(await opened(world.ben, section))[0] for section in SECTIONS]
    await personas.edit(persona.id)
    await known.open(asset)
    for knock in (
            lambda: personas.begin(), lambda: personas.delete(persona.id), lambda: personas.make_default(persona.id),
            lambda: company.save({"company_name": "Mine"}), lambda: company.remove(question.id), lambda: company.move_up(question.id),
            lambda: company.require(question.id, True), lambda: company.reword(question.id, "Mine?"), lambda: known.delete(asset),
            lambda: known.read_again(asset), lambda: known.trust({"trust-objection": "on"})):
        with pytest.raises(Forbidden):
            await knock()
    await personas.save({"name": "Mine"})
    await company.add_question({"question": "Mine?"})
    await known.add_text({"name": "Mine", "text": "mine"})
    await known.add_page({"url": "acme.com"})
    await known.save({"name": "Mine"})
    await known.save_website({"website": "acme.com"})
    assert all("does not allow this" in said for said in (personas.trouble, company.question_problem, known.add_problem,
                                                          known.edit_problem, known.website_problem))
    with db.transaction(world.as_mara) as tx:
        assert [one.name for one in knowledge.personas(tx, world.as_mara)] == ["Chris"]
        assert [one.name for one in knowledge.assets(tx, world.as_mara)] == ["Plans"]
        assert knowledge.company(tx, world.as_mara).questions == (("How many?", False),)
        assert knowledge.website(tx, world.as_mara) == "" and workspaces.settings_of(tx, world.as_mara).company_name == "Acme Growth"


async def test_a_persona_is_made_looked_at_and_saved(world: World) -> None:
    personas, _ = await opened(world.mara, PersonasState)
    await personas.begin()
    await personas.look("Chris Vale", "Hello {firstName}", "", "Hi there", "Chris")
    assert [(one.channel, one.opening, one.closing) for one in personas.previews] == [
        ("email", "Hello Dana", "Chris"), ("sms", "Hello Dana", ""), ("linkedin", "Hi there", "")]
    await personas.save({"name": "", "tone": "warm"})
    assert personas.problems["name"] and personas.trouble and personas.personas == ()
    await personas.save({"name": "Chris", "sender_name": "Chris Vale", "tone": "warm", "greeting": "Hello {firstName}"})
    assert not personas.is_editing and [(one.name, one.is_default, one.tone) for one in personas.personas] == [("Chris", True, "warm")]
    await personas.begin()
    await personas.save({"name": "chris"})
    assert personas.trouble == "Another persona is called “chris” already." and personas.is_editing
    await personas.save({"name": "Aaron"})
    await personas.make_default(personas.personas[1].id)
    assert [one.name for one in personas.personas] == ["Aaron", "Chris"]
    await personas.delete(personas.personas[1].id)
    assert [one.name for one in personas.personas] == ["Aaron"]


async def test_somebody_elses_change_of_a_persona_is_said_and_not_overwritten(world: World) -> None:
    personas, _ = await opened(world.mara, PersonasState)
    await personas.begin()
    await personas.save({"name": "Chris", "tone": "warm"})
    await personas.edit(personas.personas[0].id)
    with db.transaction(world.as_mara) as tx:
        casting.edit(tx, world.as_mara, personas.shown, {"tone": "formal"})
    await personas.save({"name": "Chris", "tone": "brief"})
    assert "Somebody changed tone while you were editing" in personas.trouble and personas.is_editing
    await personas.save({"name": "Chris", "tone": "brief"})
    assert personas.personas[0].tone == "brief"


async def test_the_companys_texts_are_saved_and_a_colleagues_change_is_said(world: World) -> None:
    company, _ = await opened(world.mara, CompanyState)
    await company.save({"company_name": "Acme", "booking_link": "not a link"})
    assert "web address" in company.problems["booking_link"] and company.shown.company_name == "Acme Growth"
    await company.save({"company_name": "Acme", "booking_link": "https://calendly.com/acme", "sms_opt_out_line": "STOP ends",
                        "ai_linkedin_greeting": "Hello", "timezone": "UTC"})
    assert (company.shown.company_name, company.shown.sms_opt_out_line, company.shown.timezone) == (
        "Acme", "STOP ends", "America/Los_Angeles"), "the form of Company changes nothing of General"
    with db.transaction(world.as_mara) as tx:
        workspaces.edit(tx, world.as_mara, company.shown, {"company_name": "Theirs"})
    await company.save({"company_name": "Mine"})
    assert "Somebody changed company name" in company.trouble
    await company.discard()
    assert (company.shown.company_name, company.trouble) == ("Theirs", "")


async def test_questions_are_kept_at_once(world: World) -> None:
    company, _ = await opened(world.mara, CompanyState)
    await company.add_question({"question": "How many trucks?", "required": "on"})
    await company.add_question({"question": "Which region?"})
    first, second = company.questions
    await company.move_up(second.id)
    await company.reword(first.id, "Trucks?")
    await company.require(first.id, False)
    assert [(one.question, one.required) for one in company.questions] == [("Which region?", False), ("Trucks?", False)]
    await company.add_question({"question": "Trucks?"})
    assert company.question_problem == "This is asked already."
    with pytest.raises(Invalid):
        await company.reword(first.id, " ")
    await company.remove(second.id)
    assert len(company.questions) == 1


async def test_knowledge_is_added_read_edited_and_deleted(world: World) -> None:
    known, _ = await opened(world.mara, KnowledgeState)
    await known.add_text({"name": "", "text": "Starter costs 900."})
    assert known.add_problem.startswith("Give it a name")
    await known.add_text({"name": "Plans", "text": "Starter costs 900."})
    await known.add_page({"url": "127.0.0.1"})
    assert "web address" in known.add_problem
    run_ready()
    await known.refresh()
    asset, = known.assets
    assert (asset.name, asset.status, asset.passages) == ("Plans", "ready", 1)
    await known.open(asset.id)
    assert known.opened.text == "Starter costs 900."
    await known.save({"name": "Prices", "mode": "raw", "text": "Starter costs 950."})
    assert known.opened is None and (known.assets[0].name, known.assets[0].status, known.assets[0].mode) == ("Prices", "waiting", "raw")
    await known.delete(asset.id)
    assert known.assets == ()
    await known.save_website({"website": "acme.com/"})
    assert known.website == "https://acme.com"
    await known.trust({"trust-objection": "on", "trust-everything": "on"})
    assert known.trusted == ("objection",)


async def test_a_stale_edit_of_knowledge_is_refused(world: World) -> None:
    known, _ = await opened(world.mara, KnowledgeState)
    await known.add_text({"name": "Plans", "text": "one"})
    await known.open(known.assets[0].id)
    with db.transaction(world.as_mara) as tx:
        knowledge.edit_asset(tx, world.as_mara, UUID(known.opened.asset.id), revision=known.opened.revision, wanted={"text": "two"})
    await known.save({"name": "Plans", "text": "three"})
    assert known.edit_problem.startswith("Somebody changed this meanwhile")


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_arguments_end_in_a_sentence(world: World, hostile: object) -> None:
    personas, company, known = [(await opened(world.mara, section))[0] for section in SECTIONS]
    for door in (personas.edit, personas.delete, personas.make_default, company.remove, company.move_up, company.move_down, known.open,
                 known.delete, known.read_again):
        with pytest.raises(NotFound):
            await door(hostile)
    for form_door in (personas.save, company.add_question, known.add_text, known.add_page, known.trust):
        for form in (hostile, {"name": hostile, "question": hostile, "text": hostile, "url": hostile}):
            try:
                await form_door(form)
            except Refused as refused:
                assert refused.sentence
    await personas.look(hostile, hostile, hostile, hostile, hostile)
    assert len(personas.previews) == 3
