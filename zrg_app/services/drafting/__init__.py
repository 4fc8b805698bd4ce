"""What do we propose to say? One draft per trigger message and channel, and what a person does with it."""

from zrg_app.services.drafting.actions import approve, discard_pending, regenerate, reject
from zrg_app.services.drafting.flows import draft_reply
from zrg_app.services.drafting.queries import current, lead_of, listing
from zrg_app.services.drafting.relabelled import write_for_label

__all__ = ["approve", "current", "discard_pending", "draft_reply", "lead_of", "listing", "regenerate", "reject", "write_for_label"]
