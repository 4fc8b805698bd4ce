"""Who can play a lead? One line per provider."""

from sandbox.emailbison.actor import ACTOR as EMAILBISON
from sandbox.ghl.actor import ACTOR as GHL
from sandbox.unipile.actor import ACTOR as UNIPILE
from sandbox.wish import Actor

ACTORS: dict[str, Actor] = {actor.slug: actor for actor in (GHL, EMAILBISON, UNIPILE)}
