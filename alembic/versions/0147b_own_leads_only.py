"""A setter may be limited to the leads assigned to them: the database lets such a transaction see nothing else.

`zrg.only_assigned_to` is set beside the workspace (kit/db.py); empty for everybody else, and then each policy is one boolean worked
out once per statement. Restrictive policies narrow what the workspace's own policy allows, for reading and for writing.
"""

from alembic import op

revision = "0147b"
down_revision = "0142"
branch_labels = None
depends_on = None

# Sub-selects are evaluated once per statement instead of once per row; a boolean first, so that the planner expects most rows to pass.
ALL = "(select coalesce(current_setting('zrg.only_assigned_to', true), '') = '')"
ME = "(select nullif(current_setting('zrg.only_assigned_to', true), '')::uuid)"

OF_A_LEAD = ("appointment", "auto_send_decision", "draft", "enrichment_request", "lead_identity", "lead_label", "lead_memory",
             "lead_sync", "message", "note", "notification", "offered_time", "outbound_message", "outgoing_file", "slack_review")
PERHAPS_OF_A_LEAD = ("ai_interaction", "audit_event", "background_job")
OF_A_PERSON_AND_A_LEAD = ("kept_words", "presence")
ELSE = {
    "conversation": f"assignee_id = {ME}",
    "lead": "own_lead(id)",
    "lead_merge": "(own_lead(keep_id) and own_lead(gone_id))",
    "attachment": "exists (select from message m where m.id = attachment.message_id)",
    "draft_step": "exists (select from draft d where d.id = draft_step.draft_id)",
    "message_fate": "exists (select from message m where m.workspace_id = message_fate.workspace_id "
                    "and m.dedupe_key = message_fate.dedupe_key)",
    "ai_trial": "false", "webhook_event": "false",
}
# Sums over the whole workspace: written by a trigger in anybody's transaction, read only by those who see everything.
SUMS = ("inbox_count", "inbox_count_delta")

OWN_LEAD = """
create function own_lead(wanted uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp as $$
declare
  me uuid := nullif(current_setting('zrg.only_assigned_to', true), '')::uuid;
  here uuid := nullif(current_setting('zrg.workspace_id', true), '')::uuid;
begin
  -- A lead that was merged is whose the lead is that it became part of.
  for step in 1..100 loop
    if wanted is null or me is null then return false; end if;
    if exists (select from conversation c where c.lead_id = wanted and c.workspace_id = here and c.assignee_id = me) then
      return true;
    end if;
    select l.merged_into into wanted from lead l where l.id = wanted and l.workspace_id = here;
  end loop;
  return false;
end $$
"""
MINE = "nullif(current_setting('zrg.only_assigned_to', true), '')::uuid"
# The search functions run as the owner of the tables, past every policy, so they need the condition themselves.
SEARCHES = {
    "search_people(uuid, text, int)": (
        ("where i.workspace_id = workspace and i.kind = 'email' and i.value = wanted;",
         f"where i.workspace_id = workspace and i.kind = 'email' and i.value = wanted and ({MINE} is null or own_lead(i.lead_id));"),
        ("select l.id from lead l where", f"select l.id from lead l where ({MINE} is null or own_lead(l.id)) and")),
    "search_messages(uuid, text, int)": (
        ("and to_tsvector('simple', m.body) @@ tq order by",
         f"and to_tsvector('simple', m.body) @@ tq and ({MINE} is null or own_lead(m.lead_id)) order by"),),
}


def _rules() -> dict[str, str]:
    return (dict.fromkeys(OF_A_LEAD, "own_lead(lead_id)") | dict.fromkeys(PERHAPS_OF_A_LEAD, "lead_id is null or own_lead(lead_id)")
            | dict.fromkeys(OF_A_PERSON_AND_A_LEAD, f"user_id = {ME} or own_lead(lead_id)") | ELSE)


def upgrade() -> None:
    op.execute(OWN_LEAD)
    op.execute("revoke all on function own_lead(uuid) from public")
    op.execute("grant execute on function own_lead(uuid) to zrg_app, zrg_system")
    for table, rule in _rules().items():
        op.execute(f"create policy own_leads on {table} as restrictive to zrg_app using ({ALL} or {rule})")
    for table in SUMS:
        op.execute(f"create policy own_leads on {table} as restrictive for select to zrg_app using ({ALL})")
    _replace(there=False)


def downgrade() -> None:
    _replace(there=True)
    for table in (*_rules(), *SUMS):
        op.execute(f"drop policy own_leads on {table}")
    op.execute("drop function own_lead(uuid)")


def _replace(*, there: bool) -> None:
    for function, changes in SEARCHES.items():
        told = op.get_bind().exec_driver_sql(f"select pg_get_functiondef('{function}'::regprocedure)").scalar_one()
        for plain, limited in changes:
            before, after = (limited, plain) if there else (plain, limited)
            if before not in told:
                raise RuntimeError(f"{function} is not the one this migration knows.")
            told = told.replace(before, after)
        op.get_bind().exec_driver_sql(told.replace("%", "%%"))
