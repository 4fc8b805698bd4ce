"""What do we propose to say? One draft per trigger message and channel, and what a person does with it."""

from zrg_app.services.drafting import learning  # noqa: F401 because importing it registers its job
from zrg_app.services.drafting.actions import approve, discard_pending, regenerate, reject, replace_body
from zrg_app.services.drafting.asking import Step, Unwritten
from zrg_app.services.drafting.composing import Composed, compose
from zrg_app.services.drafting.explaining import WhyView, why
from zrg_app.services.drafting.finishing import Finished, finish
from zrg_app.services.drafting.flows import draft_reply
from zrg_app.services.drafting.material import Material, gather
from zrg_app.services.drafting.offers import note_offers
from zrg_app.services.drafting.queries import current, lead_of, listing
from zrg_app.services.drafting.recalling import recall
from zrg_app.services.drafting.relabelled import write_for_label
from zrg_app.services.drafting.returning import bring_back

__all__ = [
    "Composed", "Finished", "Material", "Step", "Unwritten", "WhyView", "approve", "bring_back", "compose", "current",
    "discard_pending", "draft_reply", "finish", "gather", "lead_of", "listing", "note_offers", "recall", "regenerate", "reject",
    "replace_body", "why", "write_for_label"]
