"""What did the person enter? A form comes from a browser, so every value may be anything. Pure."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from zrg_app.kit.errors import Invalid
from zrg_app.services.workspaces import SettingsView

LONGEST = 20_000
DOLLARS = "Give an amount of dollars such as 5 or 2.50; empty means no limit."
_TEXTS = ("name", "brand_name", "timezone", "default_region", "work_start_time", "work_end_time", "draft_generation_model")
_COMPANY = ("company_name", "target_result", "service_description", "ideal_customer_profile", "ai_persona_name", "ai_tone", "ai_goals",
            "ai_greeting", "ai_sms_greeting", "ai_linkedin_greeting", "ai_signature", "email_opt_out_line", "sms_opt_out_line",
            "booking_link")
NO_SETTINGS = SettingsView(
    name="", timezone="", default_region="", work_start_time="", work_end_time="", brand_name="", company_name="",
    target_result="", service_description="", ai_persona_name="", ai_tone="", ai_greeting="", ai_sms_greeting="",
    ai_signature="", ai_goals="", draft_generation_enabled=False, draft_generation_model="", email_provider="",
    daily_model_spend_limit_cents=0, ai_linkedin_greeting="", ideal_customer_profile="", booking_link="", email_opt_out_line="",
    sms_opt_out_line="", draft_verification_enabled=False, draft_verification_model="", overseer_enabled=False,
    auto_send_evaluator_model="", auto_send_revision_enabled=False, auto_send_skip_review=False, auto_send_shadow=False,
    auto_send_must_earn=False, auto_send_earn_rate=0.0, auto_send_earn_replies=0,
    setters_see_own_only=False)


def text(form: object, name: str) -> str:
    """One text of a form; empty when it is missing, not a text or absurdly long."""
    value = form.get(name) if isinstance(form, Mapping) else None
    return value if isinstance(value, str) and len(value) <= LONGEST else ""


def texts(form: object, names: Iterable[str]) -> dict[str, str]:
    """The texts of a form that have these names and are there."""
    return {name: text(form, name) for name in names if isinstance(form, Mapping) and name in form}


def checked(form: object, name: str) -> bool:
    """Whether a box of a form is ticked."""
    return isinstance(form, Mapping) and form.get(name) in (True, "on", "true")


def general(form: object) -> tuple[dict[str, object], dict[str, str]]:
    """The settings wanted by the form of General, and what cannot be read of it, by field."""
    if not isinstance(form, Mapping):
        raise Invalid("The form could not be read. Reload the page and fill it in once more.")
    wanted: dict[str, object] = dict(texts(form, _TEXTS))
    wanted |= {name: checked(form, name) for name in ("draft_generation_enabled", "setters_see_own_only")}
    try:
        return wanted | {"daily_model_spend_limit_cents": cents(text(form, "daily_limit"))}, {}
    except Invalid as error:
        return wanted, {"daily_model_spend_limit_cents": error.sentence}


def company(form: object) -> dict[str, object]:
    """The settings wanted by the form of Company."""
    if not isinstance(form, Mapping):
        raise Invalid("The form could not be read. Reload the page and fill it in once more.")
    return dict(texts(form, _COMPANY))


def cents(dollars: str) -> int:
    """"2.50" as 250; 0, no limit, for nothing. Raises Invalid."""
    plain = dollars.strip().lstrip("$").strip().replace(",", ".") or "0"
    try:
        amount = Decimal(plain)
        whole = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if amount.is_finite() else -1
    except InvalidOperation:
        whole = -1
    if not 0 <= whole <= 10_000_000:
        raise Invalid(DOLLARS)
    return whole


def dollars(amount: int) -> str:
    """250 cents as "2.50"; nothing for no limit."""
    return f"{amount // 100}.{amount % 100:02d}" if amount else ""
