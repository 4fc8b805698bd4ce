"""Which leads are of one company: the company's name as a key and the domain of the mail, worked out by the database.

Stored columns and not indexed expressions: what `lower` and `regexp_replace` make is not leakproof, so under row-level security
an expression could not be an index condition (see migration 0050).
"""

from alembic import op

revision = "0147"
down_revision = "0141"
branch_labels = None
depends_on = None

LEGAL = "inc|incorporated|llc|llp|ltd|limited|gmbh|corp|corporation|co|company|ag|se|sa|sas|sarl|bv|nv|plc|pty|srl|spa|oy|ab|as"
COMPANY_KEY = ("nullif(btrim(regexp_replace(regexp_replace(lower(coalesce(company, '')), '(\\W|_)+', ' ', 'g'), "
               f"'( ({LEGAL}))+ *$', '')), '')")
MAIL_DOMAIN = "nullif(lower(split_part(coalesce(email, ''), '@', 2)), '')"


def upgrade() -> None:
    op.execute(f"alter table lead add column company_key text generated always as ({COMPANY_KEY}) stored, "
               f"add column mail_domain text generated always as ({MAIL_DOMAIN}) stored")
    op.execute("create index lead_company_key on lead (workspace_id, company_key) where company_key is not null")
    op.execute("create index lead_mail_domain on lead (workspace_id, mail_domain) where mail_domain is not null")


def downgrade() -> None:
    op.drop_index("lead_mail_domain", table_name="lead")
    op.drop_index("lead_company_key", table_name="lead")
    op.execute("alter table lead drop column mail_domain, drop column company_key")
