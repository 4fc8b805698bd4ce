"""Search functions that stay closed when a transaction names no workspace.

They asked `if not (workspace = <the transaction's own>)`; without a workspace that is neither true nor false, and the search
went on. Only the role of workspaces may call them and it always names one, so nothing could be seen; now nothing depends on it.
"""

from alembic import op

revision = "0060"
down_revision = "0051"
branch_labels = None
depends_on = None

OWN = "(workspace = nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
OPEN, CLOSED = f"if not {OWN} or", f"if {OWN} is not true or"
FUNCTIONS = ("search_people(uuid, text, int)", "search_messages(uuid, text, int)")


def _replace(before: str, after: str) -> None:
    for function in FUNCTIONS:
        definition = op.get_bind().exec_driver_sql(f"select pg_get_functiondef('{function}'::regprocedure)").scalar_one()
        if before not in definition:
            raise RuntimeError(f"{function} is not the one migration 0050 made.")
        op.get_bind().exec_driver_sql(definition.replace(before, after).replace("%", "%%"))


def upgrade() -> None:
    _replace(OPEN, CLOSED)


def downgrade() -> None:
    _replace(CLOSED, OPEN)
