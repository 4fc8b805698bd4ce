"""Row-level security on every tenant table, and the two roles the product works under."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "ai_interaction", "api_token", "attachment", "audit_event", "background_job", "campaign", "connection", "conversation",
    "draft", "function_run", "inbox_count", "inbox_count_delta", "invitation", "label", "lead", "lead_identity", "lead_label",
    "member", "message", "note", "outbound_message", "webhook_event", "workspace_settings",
)
SHARED_TABLES = ("app_user", "login_session", "password_reset", "rate_window")
# A sub-select is evaluated once per statement instead of once per row.
CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"

ROLES = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'zrg_app') then create role zrg_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'zrg_system') then create role zrg_system nologin; end if;
  execute format('grant zrg_app, zrg_system to %I', current_user);
exception when duplicate_object or unique_violation then null;
end $$
"""


def upgrade() -> None:
    op.execute(ROLES)
    op.execute("grant usage on schema public to zrg_app, zrg_system")
    op.execute("grant select, insert, update, delete on all tables in schema public to zrg_app, zrg_system")
    op.execute("grant usage, select on all sequences in schema public to zrg_app, zrg_system")
    op.execute("alter default privileges in schema public grant select, insert, update, delete on tables to zrg_app, zrg_system")
    op.execute("alter default privileges in schema public grant usage, select on sequences to zrg_app, zrg_system")
    for table in (*TENANT_TABLES, "workspace"):
        own = "id" if table == "workspace" else "workspace_id"
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app using ({own} = {CURRENT}) with check ({own} = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")
    # Sessions, resets and password hashes are the business of look-ups that come before a workspace is known.
    op.execute("revoke all on login_session, password_reset from zrg_app")
    op.execute("revoke all on app_user from zrg_app")
    op.execute("grant select (id, email, name, theme, created_at, last_login_at, disabled_at) on app_user to zrg_app")


def downgrade() -> None:
    for table in (*TENANT_TABLES, "workspace"):
        op.execute(f"drop policy own_workspace on {table}")
        op.execute(f"drop policy all_workspaces on {table}")
        op.execute(f"alter table {table} disable row level security")
    op.execute("alter default privileges in schema public revoke all on tables from zrg_app, zrg_system")
    op.execute("alter default privileges in schema public revoke all on sequences from zrg_app, zrg_system")
    op.execute("revoke all on all tables in schema public from zrg_app, zrg_system")
    op.execute("revoke all on all sequences in schema public from zrg_app, zrg_system")
    op.execute("revoke usage on schema public from zrg_app, zrg_system")
