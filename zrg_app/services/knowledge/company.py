"""What does the client company say of itself?"""

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.knowledge.views import CompanyView

_COMPANY = """
select coalesce(s.company_name, w.name) as name, s.target_result, s.service_description, s.ai_goals as goals,
       s.ideal_customer_profile, s.qualification_questions, s.booking_link, s.email_opt_out_line, s.sms_opt_out_line,
       s.timezone as zone
from workspace_settings s join workspace w on w.id = s.workspace_id where s.workspace_id = %(workspace)s
"""


def company(tx: Tx, scope: Scope) -> CompanyView:
    """The texts of the workspace that every draft may draw on."""
    row = fetch_one(tx, _COMPANY, {"workspace": scope.workspace_id}) or {}
    asked = tuple((str(one.get("question", "")), bool(one.get("required"))) for one in row.pop("qualification_questions", None) or ())
    return CompanyView(questions=asked, **{name: value or "" for name, value in row.items()})
