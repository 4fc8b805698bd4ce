"""The tables of the foundation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


BUCKET = """
create function message_bucket(workspace uuid, at timestamptz) returns bigint
language sql immutable parallel safe as
$$ select (uuid_hash(workspace)::bigint & 1048575) * 10000
        + extract(epoch from at at time zone 'UTC')::bigint / 604800 $$
"""


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    op.execute("create extension if not exists btree_gin")
    # (workspace, week) as one number, so that message search intersects two short posting lists only.
    op.execute(BUCKET)
    op.create_table('app_user',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.Text(), server_default='', nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('theme', sa.Text(), server_default='system', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('app_user_email', 'app_user', [sa.literal_column('lower(email)')], unique=True)
    op.create_table('rate_window',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('window_started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('blocked', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.PrimaryKeyConstraint('key', 'window_started_at'),
    prefixes=['UNLOGGED']
    )
    op.create_table('login_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('user_agent', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_login_session_user_id'), 'login_session', ['user_id'], unique=False)
    op.create_table('password_reset',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_password_reset_user_id'), 'password_reset', ['user_id'], unique=False)
    op.create_table('workspace',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['app_user.id'], ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_workspace_owner_id'), 'workspace', ['owner_id'], unique=False)
    op.create_index('workspace_name', 'workspace', [sa.literal_column('lower(name)')], unique=False)
    op.create_table('api_token',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('scope', sa.Text(), server_default='read', nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('last_four', sa.Text(), server_default='', nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_api_token_workspace_id'), 'api_token', ['workspace_id'], unique=False)
    op.create_table('background_job',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('queue', sa.Text(), server_default='default', nullable=False),
    sa.Column('status', sa.Text(), server_default='PENDING', nullable=False),
    sa.Column('priority', sa.Integer(), server_default=sa.text('100'), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('max_attempts', sa.Integer(), server_default=sa.text('5'), nullable=False),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=True),
    sa.Column('lead_id', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=True),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('correlation_id', sa.Text(), nullable=True),
    sa.Column('locked_by', sa.Text(), nullable=True),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    postgresql_with={'fillfactor': 70, 'autovacuum_vacuum_scale_factor': 0, 'autovacuum_vacuum_threshold': 2000, 'autovacuum_analyze_scale_factor': 0, 'autovacuum_analyze_threshold': 2000}
    )
    op.create_index('background_job_dedupe', 'background_job', ['dedupe_key'], unique=True, postgresql_where=sa.text('dedupe_key is not null'))
    op.create_index('background_job_failed', 'background_job', ['finished_at'], unique=False, postgresql_where=sa.text("status = 'FAILED'"))
    op.create_index('background_job_finished', 'background_job', ['finished_at'], unique=False, postgresql_where=sa.text("status = 'SUCCEEDED'"))
    op.create_index('background_job_lead_running', 'background_job', ['lead_id'], unique=True, postgresql_where=sa.text("status = 'RUNNING' and lead_id is not null"))
    op.create_index('background_job_lease', 'background_job', ['locked_until'], unique=False, postgresql_where=sa.text("status = 'RUNNING'"))
    op.create_index('background_job_ready', 'background_job', ['queue', 'priority', 'run_at', 'id'], unique=False, postgresql_where=sa.text("status = 'PENDING'"))
    op.create_index('background_job_ready_workspace', 'background_job', ['queue', 'workspace_id', 'priority', 'run_at', 'id'], unique=False, postgresql_where=sa.text("status = 'PENDING'"))
    op.create_table('campaign',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('provider', sa.Text(), server_default='', nullable=False),
    sa.Column('external_id', sa.Text(), server_default='', nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'provider', 'external_id', name='campaign_once')
    )
    op.create_table('connection',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('provider', sa.Text(), server_default='', nullable=False),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('base_url', sa.Text(), nullable=True),
    sa.Column('credentials', sa.Text(), nullable=True),
    sa.Column('webhook_secret', sa.Text(), nullable=True),
    sa.Column('options', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('status', sa.Text(), server_default='unchecked', nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('last_checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_event_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_send_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('provider', 'external_id', name='connection_external'),
    sa.UniqueConstraint('workspace_id', 'provider', name='connection_once')
    )
    op.create_table('function_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_key', sa.Text(), nullable=False),
    sa.Column('function_name', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.Text(), server_default='RUNNING', nullable=False),
    sa.Column('attempt', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('workspace_id', sa.Uuid(), nullable=True),
    sa.Column('dispatch_key', sa.Text(), nullable=True),
    sa.Column('correlation_id', sa.Text(), nullable=True),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('duration_ms', sa.Integer(), nullable=True),
    sa.Column('outcome', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('run_key')
    )
    op.create_index('function_run_recent', 'function_run', ['function_name', 'created_at'], unique=False)
    op.create_index('function_run_status', 'function_run', ['status', 'created_at'], unique=False)
    op.create_table('inbox_count',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('n', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace_id', 'key')
    )
    op.create_table('inbox_count_delta',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('inbox_count_delta_workspace', 'inbox_count_delta', ['workspace_id'], unique=False)
    op.create_table('invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.Text(), server_default='', nullable=False),
    sa.Column('role', sa.Text(), server_default='SETTER', nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('invited_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['invited_by'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index('invitation_open', 'invitation', ['workspace_id', sa.literal_column('lower(email)')], unique=False)
    op.create_table('label',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('hue', sa.Integer(), server_default=sa.text('220'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('label_once', 'label', ['workspace_id', sa.literal_column('lower(name)')], unique=True)
    op.create_table('member',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), server_default='SETTER', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'user_id', 'role', name='member_once')
    )
    op.create_index(op.f('ix_member_user_id'), 'member', ['user_id'], unique=False)
    op.create_table('webhook_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('provider', sa.Text(), server_default='', nullable=False),
    sa.Column('event_type', sa.Text(), server_default='', nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), server_default='PENDING', nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('content_type', sa.Text(), nullable=True),
    sa.Column('deliveries', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('recovered', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('processed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'dedupe_key', name='webhook_event_once')
    )
    op.create_index('webhook_event_open', 'webhook_event', ['status', 'received_at'], unique=False, postgresql_where=sa.text("status in ('PENDING', 'FAILED')"))
    op.create_index('webhook_event_recent', 'webhook_event', ['workspace_id', 'received_at'], unique=False)
    op.create_table('workspace_settings',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('timezone', sa.Text(), server_default='America/Los_Angeles', nullable=False),
    sa.Column('default_region', sa.Text(), server_default='US', nullable=False),
    sa.Column('work_start_time', sa.Text(), server_default='09:00', nullable=False),
    sa.Column('work_end_time', sa.Text(), server_default='17:00', nullable=False),
    sa.Column('brand_name', sa.Text(), nullable=True),
    sa.Column('company_name', sa.Text(), nullable=True),
    sa.Column('target_result', sa.Text(), nullable=True),
    sa.Column('service_description', sa.Text(), nullable=True),
    sa.Column('ai_persona_name', sa.Text(), nullable=True),
    sa.Column('ai_tone', sa.Text(), server_default='friendly-professional', nullable=False),
    sa.Column('ai_greeting', sa.Text(), nullable=True),
    sa.Column('ai_sms_greeting', sa.Text(), nullable=True),
    sa.Column('ai_signature', sa.Text(), nullable=True),
    sa.Column('ai_goals', sa.Text(), nullable=True),
    sa.Column('draft_generation_enabled', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('draft_generation_model', sa.Text(), nullable=True),
    sa.Column('email_provider', sa.Text(), nullable=True),
    sa.Column('daily_model_spend_limit_cents', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace_id')
    )
    op.create_table('lead',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('first_name', sa.Text(), server_default='', nullable=False),
    sa.Column('last_name', sa.Text(), server_default='', nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('linkedin_url', sa.Text(), nullable=True),
    sa.Column('job_title', sa.Text(), nullable=True),
    sa.Column('company', sa.Text(), nullable=True),
    sa.Column('website', sa.Text(), nullable=True),
    sa.Column('company_state', sa.Text(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=True),
    sa.Column('employee_headcount', sa.Text(), nullable=True),
    sa.Column('timezone', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), server_default='new', nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True),
    sa.Column('enrichment_status', sa.Text(), nullable=True),
    sa.Column('current_replier_email', sa.Text(), nullable=True),
    sa.Column('current_replier_name', sa.Text(), nullable=True),
    sa.Column('current_replier_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sms_dnd', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('sms_dnd_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sms_dnd_reason', sa.Text(), nullable=True),
    sa.Column('opted_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('blacklist_reason', sa.Text(), nullable=True),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('search_text', sa.Text(), sa.Computed("lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, ''))", persisted=True), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    postgresql_with={'autovacuum_vacuum_scale_factor': 0.01, 'autovacuum_analyze_scale_factor': 0.01}
    )
    op.create_index('lead_email', 'lead', ['workspace_id', 'email'], unique=False, postgresql_where=sa.text('email is not null'))
    op.create_index('lead_trigrams', 'lead', ['workspace_id', 'search_text'], unique=False, postgresql_using='gin', postgresql_ops={'search_text': 'gin_trgm_ops'})
    op.create_index('lead_updated', 'lead', ['workspace_id', 'updated_at', 'id'], unique=False)
    op.create_index('lead_words', 'lead', ['workspace_id', sa.literal_column("to_tsvector('simple', search_text)")], unique=False, postgresql_using='gin')
    op.create_table('ai_interaction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=True),
    sa.Column('purpose', sa.Text(), server_default='', nullable=False),
    sa.Column('prompt_key', sa.Text(), server_default='', nullable=False),
    sa.Column('prompt_hash', sa.Text(), server_default='', nullable=False),
    sa.Column('model', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.Text(), server_default='success', nullable=False),
    sa.Column('error_category', sa.Text(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('request_id', sa.Text(), nullable=True),
    sa.Column('input_tokens', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('output_tokens', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('reasoning_tokens', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('cost_usd', sa.Numeric(precision=12, scale=6), server_default='0', nullable=False),
    sa.Column('latency_ms', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ai_interaction_lead', 'ai_interaction', ['lead_id'], unique=False, postgresql_where=sa.text('lead_id is not null'))
    op.create_index('ai_interaction_recent', 'ai_interaction', ['workspace_id', 'created_at'], unique=False)
    op.create_table('audit_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=True),
    sa.Column('actor_kind', sa.Text(), server_default='', nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor_name', sa.Text(), server_default='', nullable=False),
    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('audit_event_lead', 'audit_event', ['lead_id', 'created_at'], unique=False, postgresql_where=sa.text('lead_id is not null'))
    op.create_index('audit_event_recent', 'audit_event', ['workspace_id', 'created_at'], unique=False)
    op.create_table('conversation',
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('snippet', sa.Text(), server_default='', nullable=False),
    sa.Column('last_message_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_direction', sa.Text(), server_default='', nullable=False),
    sa.Column('last_inbound_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_outbound_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unread_count', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('message_count', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('needs_reply', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('has_draft', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('needs_repair', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('sentiment', sa.Text(), server_default='New', nullable=False),
    sa.Column('sentiment_source', sa.Text(), server_default='rule', nullable=False),
    sa.Column('sentiment_reason', sa.Text(), nullable=True),
    sa.Column('sentiment_message_id', sa.Uuid(), nullable=True),
    sa.Column('sentiment_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('assignee_id', sa.Uuid(), nullable=True),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['assignee_id'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lead_id'),
    postgresql_with={'fillfactor': 85, 'autovacuum_vacuum_scale_factor': 0.01, 'autovacuum_analyze_scale_factor': 0.01}
    )
    op.create_index('conversation_all', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'])
    op.create_index('conversation_assignee', 'conversation', ['workspace_id', 'assignee_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'channel', 'unread_count', 'has_draft'])
    op.create_index('conversation_done', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('done_at is not null'))
    op.create_index('conversation_draft', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('has_draft'))
    op.create_index('conversation_reply', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('needs_reply and done_at is null and snoozed_until is null'))
    op.create_index('conversation_sentiment', 'conversation', ['workspace_id', 'sentiment', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['assignee_id', 'channel', 'unread_count', 'has_draft'])
    op.create_index('conversation_snoozed', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('snoozed_until is not null'))
    op.create_index('conversation_unread', 'conversation', ['workspace_id', sa.literal_column('last_message_at desc'), sa.literal_column('lead_id desc')], unique=False, postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('unread_count > 0'))
    op.create_index('conversation_wake', 'conversation', ['snoozed_until'], unique=False, postgresql_where=sa.text('snoozed_until is not null'))
    op.create_table('lead_identity',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('value', sa.Text(), server_default='', nullable=False),
    sa.Column('is_primary', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'kind', 'value', name='lead_identity_once')
    )
    op.create_index('lead_identity_lead', 'lead_identity', ['lead_id'], unique=False)
    op.create_table('lead_label',
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('label_id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['label.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lead_id', 'label_id')
    )
    op.create_index('lead_label_label', 'lead_label', ['label_id', 'lead_id'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('direction', sa.Text(), server_default='', nullable=False),
    sa.Column('provider', sa.Text(), server_default='', nullable=False),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('raw_text', sa.Text(), nullable=True),
    sa.Column('raw_html', sa.Text(), nullable=True),
    sa.Column('from_address', sa.Text(), nullable=True),
    sa.Column('from_name', sa.Text(), nullable=True),
    sa.Column('to_address', sa.Text(), nullable=True),
    sa.Column('to_name', sa.Text(), nullable=True),
    sa.Column('cc', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('thread', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('sent_by', sa.Text(), nullable=True),
    sa.Column('sent_by_user', sa.Uuid(), nullable=True),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('outbound_id', sa.Uuid(), nullable=True),
    sa.Column('delivery', sa.Text(), server_default='received', nullable=False),
    sa.Column('delivery_reason', sa.Text(), nullable=True),
    sa.Column('is_automatic', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('webhook_event_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by_user'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'dedupe_key', name='message_once'),
    postgresql_with={'autovacuum_vacuum_insert_scale_factor': 0.05, 'autovacuum_analyze_scale_factor': 0.02}
    )
    op.create_index('message_external', 'message', ['workspace_id', 'provider', 'external_id'], unique=False, postgresql_where=sa.text('external_id is not null'))
    op.create_index('message_outbound', 'message', ['outbound_id'], unique=True, postgresql_where=sa.text('outbound_id is not null'))
    op.create_index('message_thread', 'message', ['lead_id', sa.literal_column('sent_at desc'), sa.literal_column('id desc')], unique=False)
    op.create_index('message_words', 'message', [sa.literal_column('message_bucket(workspace_id, sent_at)'), sa.literal_column("to_tsvector('simple', body)")], unique=False, postgresql_using='gin')
    op.create_table('note',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('note_lead', 'note', ['lead_id', 'created_at'], unique=False)
    op.create_table('attachment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.Text(), server_default='', nullable=False),
    sa.Column('content_type', sa.Text(), nullable=True),
    sa.Column('size_bytes', sa.BigInteger(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_attachment_message_id'), 'attachment', ['message_id'], unique=False)
    op.create_table('draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('trigger_message_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.Text(), server_default='writing', nullable=False),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('original_body', sa.Text(), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('instruction', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.Column('generation', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('prompt_key', sa.Text(), nullable=True),
    sa.Column('prompt_hash', sa.Text(), nullable=True),
    sa.Column('model', sa.Text(), nullable=True),
    sa.Column('interaction_id', sa.Uuid(), nullable=True),
    sa.Column('disposition', sa.Text(), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rejected_reason', sa.Text(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['trigger_message_id'], ['message.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('trigger_message_id', 'channel', name='draft_once')
    )
    op.create_index('draft_lead', 'draft', ['lead_id', 'created_at'], unique=False)
    op.create_index('draft_pending', 'draft', ['workspace_id', 'created_at'], unique=False, postgresql_where=sa.text("status = 'pending'"))
    op.create_table('outbound_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('in_reply_to', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('provider', sa.Text(), server_default='', nullable=False),
    sa.Column('idempotency_key', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('to_address', sa.Text(), nullable=True),
    sa.Column('to_name', sa.Text(), nullable=True),
    sa.Column('cc', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('thread', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
    sa.Column('sent_by', sa.Text(), server_default='', nullable=False),
    sa.Column('sent_by_user', sa.Uuid(), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('attempted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('provider_message_id', sa.Text(), nullable=True),
    sa.Column('error_code', sa.Text(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by_user'], ['app_user.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'idempotency_key', name='outbound_once')
    )
    op.create_index('outbound_draft', 'outbound_message', ['draft_id'], unique=True, postgresql_where=sa.text("draft_id is not null and status not in ('cancelled', 'failed')"))
    op.create_index('outbound_lead', 'outbound_message', ['lead_id', 'created_at'], unique=False)
    op.create_index('outbound_open', 'outbound_message', ['status', 'updated_at'], unique=False, postgresql_where=sa.text("status in ('waiting', 'sending', 'checking')"))


def downgrade() -> None:
    op.drop_index('outbound_open', table_name='outbound_message', postgresql_where=sa.text("status in ('waiting', 'sending', 'checking')"))
    op.drop_index('outbound_lead', table_name='outbound_message')
    op.drop_index('outbound_draft', table_name='outbound_message', postgresql_where=sa.text("draft_id is not null and status not in ('cancelled', 'failed')"))
    op.drop_table('outbound_message')
    op.drop_index('draft_pending', table_name='draft', postgresql_where=sa.text("status = 'pending'"))
    op.drop_index('draft_lead', table_name='draft')
    op.drop_table('draft')
    op.drop_index(op.f('ix_attachment_message_id'), table_name='attachment')
    op.drop_table('attachment')
    op.drop_index('note_lead', table_name='note')
    op.drop_table('note')
    op.drop_index('message_words', table_name='message', postgresql_using='gin')
    op.drop_index('message_thread', table_name='message')
    op.drop_index('message_outbound', table_name='message', postgresql_where=sa.text('outbound_id is not null'))
    op.drop_index('message_external', table_name='message', postgresql_where=sa.text('external_id is not null'))
    op.drop_table('message')
    op.drop_index('lead_label_label', table_name='lead_label')
    op.drop_table('lead_label')
    op.drop_index('lead_identity_lead', table_name='lead_identity')
    op.drop_table('lead_identity')
    op.drop_index('conversation_wake', table_name='conversation', postgresql_where=sa.text('snoozed_until is not null'))
    op.drop_index('conversation_unread', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('unread_count > 0'))
    op.drop_index('conversation_snoozed', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('snoozed_until is not null'))
    op.drop_index('conversation_sentiment', table_name='conversation', postgresql_include=['assignee_id', 'channel', 'unread_count', 'has_draft'])
    op.drop_index('conversation_reply', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('needs_reply and done_at is null and snoozed_until is null'))
    op.drop_index('conversation_draft', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('has_draft'))
    op.drop_index('conversation_done', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'], postgresql_where=sa.text('done_at is not null'))
    op.drop_index('conversation_assignee', table_name='conversation', postgresql_include=['sentiment', 'channel', 'unread_count', 'has_draft'])
    op.drop_index('conversation_all', table_name='conversation', postgresql_include=['sentiment', 'assignee_id', 'channel', 'unread_count', 'has_draft'])
    op.drop_table('conversation')
    op.drop_index('audit_event_recent', table_name='audit_event')
    op.drop_index('audit_event_lead', table_name='audit_event', postgresql_where=sa.text('lead_id is not null'))
    op.drop_table('audit_event')
    op.drop_index('ai_interaction_recent', table_name='ai_interaction')
    op.drop_index('ai_interaction_lead', table_name='ai_interaction', postgresql_where=sa.text('lead_id is not null'))
    op.drop_table('ai_interaction')
    op.drop_index('lead_words', table_name='lead', postgresql_using='gin')
    op.drop_index('lead_updated', table_name='lead')
    op.drop_index('lead_trigrams', table_name='lead', postgresql_using='gin', postgresql_ops={'search_text': 'gin_trgm_ops'})
    op.drop_index('lead_email', table_name='lead', postgresql_where=sa.text('email is not null'))
    op.drop_table('lead')
    op.drop_table('workspace_settings')
    op.drop_index('webhook_event_recent', table_name='webhook_event')
    op.drop_index('webhook_event_open', table_name='webhook_event', postgresql_where=sa.text("status in ('PENDING', 'FAILED')"))
    op.drop_table('webhook_event')
    op.drop_index(op.f('ix_member_user_id'), table_name='member')
    op.drop_table('member')
    op.drop_index('label_once', table_name='label')
    op.drop_table('label')
    op.drop_index('invitation_open', table_name='invitation')
    op.drop_table('invitation')
    op.drop_index('inbox_count_delta_workspace', table_name='inbox_count_delta')
    op.drop_table('inbox_count_delta')
    op.drop_table('inbox_count')
    op.drop_index('function_run_status', table_name='function_run')
    op.drop_index('function_run_recent', table_name='function_run')
    op.drop_table('function_run')
    op.drop_table('connection')
    op.drop_table('campaign')
    op.drop_index('background_job_ready_workspace', table_name='background_job', postgresql_where=sa.text("status = 'PENDING'"))
    op.drop_index('background_job_ready', table_name='background_job', postgresql_where=sa.text("status = 'PENDING'"))
    op.drop_index('background_job_lease', table_name='background_job', postgresql_where=sa.text("status = 'RUNNING'"))
    op.drop_index('background_job_lead_running', table_name='background_job', postgresql_where=sa.text("status = 'RUNNING' and lead_id is not null"))
    op.drop_index('background_job_finished', table_name='background_job', postgresql_where=sa.text("status = 'SUCCEEDED'"))
    op.drop_index('background_job_failed', table_name='background_job', postgresql_where=sa.text("status = 'FAILED'"))
    op.drop_index('background_job_dedupe', table_name='background_job', postgresql_where=sa.text('dedupe_key is not null'))
    op.drop_table('background_job')
    op.drop_index(op.f('ix_api_token_workspace_id'), table_name='api_token')
    op.drop_table('api_token')
    op.drop_index('workspace_name', table_name='workspace')
    op.drop_index(op.f('ix_workspace_owner_id'), table_name='workspace')
    op.drop_table('workspace')
    op.drop_index(op.f('ix_password_reset_user_id'), table_name='password_reset')
    op.drop_table('password_reset')
    op.drop_index(op.f('ix_login_session_user_id'), table_name='login_session')
    op.drop_table('login_session')
    op.drop_table('rate_window')
    op.drop_index('app_user_email', table_name='app_user')
    op.drop_table('app_user')
    op.execute("drop function message_bucket(uuid, timestamptz)")
