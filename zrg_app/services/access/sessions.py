"""Who is behind this cookie? Logins are rows; the cookie's token is kept as a hash only."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import update

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.digest import token_hash
from zrg_app.kit.settings import settings
from zrg_app.models import LoginSession, User
from zrg_app.services.access.views import Visitor

LONGEST_TOKEN = 200
# Writing at every click would make every read a write.
_SEEN_EVERY = timedelta(minutes=15)

_RECOGNISE = text("""
select s.id as session_id, s.last_seen_at, u.id as user_id, u.email, u.name, u.theme
from login_session s join app_user u on u.id = s.user_id
where s.token_hash = :hash and s.revoked_at is null and s.expires_at > :now and u.disabled_at is null
""")


def open_session(tx: Tx, user_id: UUID, *, user_agent: str = "") -> str:
    """Sign a person in on one more browser; returns the token for its cookie. `tx` is of the system scope."""
    token = ids.new_token()
    now = clock.now()
    agent = "".join(letter for letter in user_agent if letter.isprintable())[:300]
    tx.add(LoginSession(user_id=user_id, token_hash=token_hash(token), created_at=now, last_seen_at=now,
                        expires_at=_lasting(now), user_agent=agent))
    tx.execute(update(User).where(User.id == user_id).values(last_login_at=now))
    tx.flush()
    return token


def recognise(tx: Tx, token: str) -> Visitor | None:
    """The visitor with this token, or None when it is unknown, expired, revoked or the person disabled. Extends its life."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    now = clock.now()
    row = tx.execute(_RECOGNISE, {"hash": token_hash(token), "now": now}).one_or_none()
    if row is None:
        return None
    if now - row.last_seen_at > _SEEN_EVERY:
        tx.execute(update(LoginSession).where(LoginSession.id == row.session_id)
                   .values(last_seen_at=now, expires_at=_lasting(now)))
    return Visitor(user_id=row.user_id, session_id=row.session_id, email=row.email, name=row.name, theme=row.theme)


def close(tx: Tx, token: str) -> None:
    """Sign this browser out; nothing happens for an unknown token."""
    tx.execute(update(LoginSession).where(LoginSession.token_hash == token_hash(token), LoginSession.revoked_at.is_(None))
               .values(revoked_at=clock.now()))


def close_all(tx: Tx, user_id: UUID) -> int:
    """Sign a person out everywhere; returns how many browsers that were."""
    return tx.execute(update(LoginSession).where(LoginSession.user_id == user_id, LoginSession.revoked_at.is_(None))
                      .values(revoked_at=clock.now())).rowcount


def _lasting(now: datetime) -> datetime:
    return now + timedelta(days=settings().session_days)
