"""What is looked up about a lead: asked of a provider, read from a signature, and what waited for it."""

from zrg_app.services.enrichment.actions import Finding, expire, look_up, receive, want, want_for
from zrg_app.services.enrichment.flows import ask
from zrg_app.services.enrichment.signatures import read_signature
from zrg_app.services.enrichment.waiting import resume, wait

__all__ = ["Finding", "ask", "expire", "look_up", "read_signature", "receive", "resume", "wait", "want", "want_for"]
