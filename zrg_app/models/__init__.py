"""Which tables are there? Rows only; what a screen may see are the `views.py` of the services."""

from sqlmodel import SQLModel

from zrg_app.models.access import ApiToken, Invitation, LoginSession, Member, PasswordReset, RateWindow, User
from zrg_app.models.booking import Appointment, Availability, OfferedTime
from zrg_app.models.connections import Connection, WebhookEvent
from zrg_app.models.desk import KeptWords, Notification, Presence, ReplySnippet, SavedView
from zrg_app.models.drafts import Draft, OutboundMessage, OutgoingFile
from zrg_app.models.enrichment import EnrichmentRequest
from zrg_app.models.inbox import (
    Attachment,
    Conversation,
    InboxCount,
    InboxCountDelta,
    Label,
    LeadLabel,
    Message,
    MessageFate,
    Note,
)
from zrg_app.models.judging import AiTrial, AutoSendDecision, DraftStep, PromptRevision, SlackReview
from zrg_app.models.knowledge import KnowledgeAsset, KnowledgeChunk, LeadMemory, Persona
from zrg_app.models.leads import Campaign, Lead, LeadIdentity
from zrg_app.models.merging import LeadMerge
from zrg_app.models.operations import AiInteraction, AuditEvent, BackgroundJob, FunctionRun, JobWorker
from zrg_app.models.sync import LeadSync, ProviderLook, SyncRun
from zrg_app.models.workspaces import Workspace, WorkspaceSettings

metadata = SQLModel.metadata

# Rows of these belong to one workspace and are hidden from every other by row-level security.
TENANT_TABLES = tuple(sorted(name for name, table in metadata.tables.items() if "workspace_id" in table.columns))

__all__ = [
    "AiInteraction", "AiTrial", "ApiToken", "Appointment", "Attachment", "AuditEvent", "AutoSendDecision", "Availability",
    "BackgroundJob", "Campaign", "Connection", "Conversation", "Draft", "DraftStep", "EnrichmentRequest", "FunctionRun",
    "InboxCount", "InboxCountDelta", "Invitation", "JobWorker", "KeptWords", "KnowledgeAsset", "KnowledgeChunk", "Label",
    "Lead", "LeadIdentity", "LeadLabel", "LeadMemory", "LeadMerge", "LeadSync", "LoginSession", "Member", "Message",
    "MessageFate", "Note", "Notification", "OfferedTime", "OutboundMessage", "OutgoingFile", "PasswordReset", "Persona",
    "Presence", "PromptRevision", "ProviderLook", "RateWindow", "ReplySnippet", "SavedView", "SlackReview", "SyncRun",
    "TENANT_TABLES", "User", "WebhookEvent", "Workspace", "WorkspaceSettings", "metadata",
]
