"""Search by meaning where the server has pgvector, and the day before which a lead does not want to hear from us."""

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None

# A server without the extension, or a role that may not create it, still migrates: search is by words alone there.
EXTENSION = """
do $$ begin
  if exists (select from pg_available_extensions where name = 'vector') then
    create extension if not exists vector;
  end if;
exception when insufficient_privilege or feature_not_supported or undefined_file then
  raise notice 'pgvector was not created: %', sqlerrm;
end $$
"""


def upgrade() -> None:
    op.execute(EXTENSION)
    op.add_column("lead_memory", sa.Column("not_before", sa.Date()))


def downgrade() -> None:
    # The extension stays: it may have been there before, and nothing but casts uses it.
    op.drop_column("lead_memory", "not_before")
