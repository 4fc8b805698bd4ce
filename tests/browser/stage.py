"""What stands ready before a browser test: a running product with a workspace, people and connected providers."""

from dataclasses import dataclass
from typing import Any

from sandbox.client import SandboxControl
from tests.browser.terminal import run_commands
from zrg_app.runtime.product import Product

PASSWORD = "one long enough password"
OWNER, SETTER, CLIENT = "mara@agency.example", "ben@agency.example", "cleo@client.example"
NAME, LOCATION, BISON = "Acme Growth", "loc_acme", "4711"


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
    people = [("user", "create", email, "--name", name, "--password-stdin")
              for email, name in ((OWNER, "Mara Reyes"), (SETTER, "Ben Ortiz"), (CLIENT, "Cleo Park"))]
    _, _, _, workspace_id, *_ = run_commands(
        product, *people, ("workspace", "create", NAME, "--owner", OWNER), ("user", "invite", NAME, SETTER, "--role", "SETTER"),
        ("user", "invite", NAME, CLIENT, "--role", "CLIENT_PORTAL"),
        ("connect", NAME, "ghl", f"location_id={LOCATION}", "access_token=pit-stand-in"),
        ("connect", NAME, "emailbison", f"workspace_id={BISON}", "api_key=stand-in"), says=PASSWORD)
    return Stage(product=product, sandbox=SandboxControl(product.sandbox_url), workspace_id=workspace_id)
