"""What stands ready before a browser test: a running product with a workspace, people and connected providers."""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from sandbox.client import SandboxControl
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.product import Product

PASSWORD = "one long enough password"
OWNER, SETTER, CLIENT = "mara@agency.example", "ben@agency.example", "cleo@client.example"
LOCATION, BISON = "loc_acme", "4711"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A product with the workspace Acme Growth; `sandbox` plays its leads."""

    product: Product
    sandbox: SandboxControl
    workspace_id: str

    @property
    def url(self) -> str:
        """Where people open it."""
        return self.product.url

    def writes_email(self, first_name: str, body: str, *, subject: str = "Quick question", **more: Any) -> dict:
        """A lead answers by e-mail; returns what the sandbox made of it."""
        lead = {"first_name": first_name, "last_name": "Kessler", "email": f"{first_name.lower()}@northwind.example",
                "company": "Northwind Freight", "title": "Head of Operations", "phone": "", "timezone": "America/Chicago"}
        return self._act("emailbison", BISON, lead, body, subject=subject, **more)

    def writes_sms(self, first_name: str, phone: str, body: str, **more: Any) -> dict:
        """A lead answers by SMS."""
        lead = {"first_name": first_name, "last_name": "Oliveira", "phone": phone, "company": "Halden Roofing"}
        return self._act("ghl", LOCATION, lead, body, **more)

    def _act(self, provider: str, reference: str, lead: dict, body: str, **more: Any) -> dict:
        done = self.sandbox.act(provider, reference, lead, body, query={"clientId": self.workspace_id}, **more)
        assert all(delivery["status"] == 200 for delivery in done["deliveries"]), done["deliveries"]
        return done


def set_stage(product: Product) -> Stage:
    """Make Acme Growth with its people and connections in a product that has just started."""
    assert product.sandbox_url
    for email, name in ((OWNER, "Mara Reyes"), (SETTER, "Ben Ortiz"), (CLIENT, "Cleo Park")):
        _command(product, "user", "create", email, "--name", name, "--password-stdin", says=PASSWORD)
    workspace_id = _command(product, "workspace", "create", "Acme Growth", "--owner", OWNER)
    _command(product, "user", "invite", workspace_id, SETTER, "--role", "SETTER")
    _command(product, "user", "invite", workspace_id, CLIENT, "--role", "CLIENT_PORTAL")
    _command(product, "connect", workspace_id, "ghl", f"location_id={LOCATION}", "access_token=pit-stand-in")
    _command(product, "connect", workspace_id, "emailbison", f"workspace_id={BISON}", "api_key=stand-in")
    return Stage(product=product, sandbox=SandboxControl(product.sandbox_url), workspace_id=workspace_id)


def _command(product: Product, *words: str, says: str = "") -> str:
    done = subprocess.run([sys.executable, "-m", "zrg_app.cli", *words], cwd=CHECKOUT, env=product.environment(), input=says,
                          text=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
