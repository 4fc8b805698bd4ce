"""Who can play a lead? One line per provider."""

from sandbox.calendly.actor import ACTOR as CALENDLY
from sandbox.clay.actor import ACTOR as CLAY
from sandbox.emailbison.actor import ACTOR as EMAILBISON
from sandbox.ghl.actor import ACTOR as GHL
from sandbox.instantly.actor import ACTOR as INSTANTLY
from sandbox.slack.actor import ACTOR as SLACK
from sandbox.smartlead.actor import ACTOR as SMARTLEAD
from sandbox.unipile.actor import ACTOR as UNIPILE
from sandbox.wish import Actor

ACTORS: dict[str, Actor] = {actor.slug: actor for actor in (
    GHL,
    EMAILBISON,
    SMARTLEAD,
    INSTANTLY,
    UNIPILE,
    CALENDLY,
    SLACK,
    CLAY,
)}
