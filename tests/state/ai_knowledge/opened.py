"""How does a test open a page of AI Personality?"""

from tests.state.visitor import panel, signed_in
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState


async def opened(user_id: object, state_class: type[BaseState]) -> tuple[BaseState, AiState]:
    """A section after a person has opened it, and the frame around it."""
    section = panel(state_class, token=signed_in(user_id), url="/ai/section")
    await section.load()
    return section, beside(section, AiState)


def beside(section: BaseState, state_class: type) -> BaseState:
    """Another panel of the same tab."""
    return section._get_root_state().get_substate(state_class.get_full_name().split("."))
