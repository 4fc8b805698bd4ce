"""Who lives in the world that the demo and the tests share? Names only; ids are made by whoever writes the world.

Mara Reyes owns the agency's workspace Acme Growth and Ben Ortiz is its setter. Dana Kessler of Northwind Freight is a lead by
e-mail, Tomas Oliveira of Halden Roofing one by SMS. Birch Labs, owned by Nils Birch, is another workspace to look across at.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person who can sign in."""

    name: str
    email: str


MARA = Colleague(name="Mara Reyes", email="mara@agency.example")
BEN = Colleague(name="Ben Ortiz", email="ben@agency.example")
NILS = Colleague(name="Nils Birch", email="nils@birch.example")

ACME = "Acme Growth"
BIRCH = "Birch Labs"
PERSONA = "Chris Vale"
MAILBOX = "chris@acmegrowth.example"
TEXTING_NUMBER = "+15125550100"

GHL_LOCATION = "loc_acme"
EMAILBISON_WORKSPACE = "4711"
PASSWORD = "fleet-fuel-audit"
"""Of everybody in the demo world; never of a real installation."""
