"""What may a screen or a program see of people, memberships and tokens? Plain frozen values."""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.digest import stable_key
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models.vocabulary import Role, TokenScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is signed in with a session; for our own code, not for screens."""

    user_id: UUID
    session_id: UUID
    email: str
    name: str
    theme: str

    @property
    def actor(self) -> Actor:
        """The visitor as the one who acts."""
        return Actor(kind="user", name=self.name, id=self.user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A visitor's place in a workspace: the role that counts and the scope to act in."""

    visitor: Visitor
    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenGrant:
    """What a program with a token may do, and where."""

    token_id: UUID
    token_scope: TokenScope
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The signed-in person as the screen shows them. `hue` (0-359) colours the avatar, `theme` is system, light or dark."""

    id: str
    name: str
    email: str
    initials: str
    hue: int
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceOption:
    """One line of the workspace switcher. `permissions` are Permission values the person has there."""

    id: str
    name: str
    initials: str
    role: str
    permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One person of a workspace; `is_owner` ones can be neither removed nor changed."""

    user_id: str
    name: str
    email: str
    initials: str
    hue: int
    role: str
    is_owner: bool
    last_login_at: str
    last_seen_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation that nobody accepted yet."""

    id: str
    email: str
    role: str
    created_at: str
    expires_at: str
    is_expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """What the reader of an invitation link is offered. `knows_password` is true when the address already has a login."""

    email: str
    workspace_name: str
    role: str
    knows_password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What an invitation led to. `link` is empty when an existing person became a member at once."""

    invitation_id: UUID | None
    user_id: UUID | None
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A successful sign-in; `token` goes into the cookie and nowhere else."""

    user_id: UUID
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """An API token as Settings lists it; the token itself is never shown again."""

    id: str
    name: str
    scope: str
    last_four: str
    created_at: str
    last_used_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made; `token` is shown once."""

    id: UUID
    token: str


def initials(name: str) -> str:
    """One or two letters for an avatar: "Mara Reyes" gives MR."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def hue(identifier: object) -> int:
    """The colour of an avatar, 0-359, always the same for the same person."""
    return int(stable_key(identifier)[:6], 16) % 360
