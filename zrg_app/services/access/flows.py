"""How does somebody come in? Signing in, the first set-up, an accepted invitation, a new password.

Flows, because hashing a password takes longer than a transaction may: look, hash, then write.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select, update

from zrg_app.kit import clock, ids, logs
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.digest import token_hash
from zrg_app.kit.errors import Conflict, NotFound, Unauthenticated
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.kit.settings import settings
from zrg_app.models import PasswordReset, User
from zrg_app.services import events, workspaces
from zrg_app.services.access import addresses, inviting, limits, mails, passwords, queries, sessions
from zrg_app.services.access.views import SignedIn

WRONG = "E-mail or password is not right."
RESET_LASTING = timedelta(hours=1)
RESET_GONE = "This link is no longer valid: it was used or is older than an hour. Ask for a new one."
# Any number does; it only has to be the same everywhere.
_SET_UP_LOCK = text("select pg_advisory_xact_lock(7206011)")
log = logs.get_logger()


def sign_in(email: str, password: str, *, address: str, user_agent: str = "") -> SignedIn:
    """Open a session for the right e-mail and password. `address` is the caller's network address.

    Unknown person, disabled person and wrong password take the same path, the same time and the same answer:
    Unauthenticated. Raises TooMany after too many tries for the e-mail or from the address.
    """
    wanted = addresses.normal_or_empty(email)
    limits.spend(limits.LOGIN_BY_ADDRESS, address)
    limits.spend(limits.LOGIN_BY_EMAIL, wanted)
    with transaction(system("sign in: find the person")) as tx:
        user = tx.scalar(select(User).where(User.email == wanted, User.disabled_at.is_(None)))
    if not passwords.matches(user.password_hash if user else None, password) or user is None:
        log.info("access.sign_in_refused")
        raise Unauthenticated(WRONG, code="credentials")
    outdated = passwords.is_outdated(user.password_hash)
    better = passwords.hashed(password) if outdated else user.password_hash
    with transaction(system("sign in: open the session")) as tx:
        # A password changed between the two transactions must not be overwritten, nor the old one let in.
        changed = tx.execute(update(User).where(User.id == user.id, User.password_hash == user.password_hash)
                             .values(password_hash=better)).rowcount
        if not changed:
            raise Unauthenticated(WRONG, code="credentials")
        limits.forgive(tx, limits.LOGIN_BY_EMAIL, wanted)
        return SignedIn(user_id=user.id, token=sessions.open_session(tx, user.id, user_agent=user_agent))


def set_up(*, email: str, name: str, password: str, workspace_name: str, user_agent: str = "") -> SignedIn:
    """The first run: make the first person, owner of the first workspace, and sign them in.

    Raises Conflict once anybody exists: of several at the same time exactly one wins. Raises Invalid for bad input.
    """
    wanted = addresses.normal(email)
    passwords.check(password, email=wanted)
    _refuse_second_set_up()
    password_hash = passwords.hashed(password)
    with transaction(system("first-run set-up")) as tx:
        tx.execute(_SET_UP_LOCK)
        if queries.anybody(tx):
            raise Conflict("The set-up was done already. Sign in instead.", code="set_up_done")
        user_id = _add_user(tx, wanted, name, password_hash)
        actor = Actor(kind="user", name=addresses.person_name(name, otherwise=wanted), id=user_id)
        workspaces.create(tx, Scope(actor=actor), workspace_name, owner_id=user_id)
        return SignedIn(user_id=user_id, token=sessions.open_session(tx, user_id, user_agent=user_agent))


def _refuse_second_set_up() -> None:
    # Before the costly hash, so that the open door cannot be used to burn time.
    with transaction(system("is the set-up open?")) as tx:
        if queries.anybody(tx):
            raise Conflict("The set-up was done already. Sign in instead.", code="set_up_done")


def create_user(*, email: str, name: str, password: str) -> UUID:
    """Make a person who can sign in, as the operator's command does. Raises Invalid, or Conflict for a known e-mail."""
    wanted = addresses.normal(email)
    passwords.check(password, email=wanted)
    password_hash = passwords.hashed(password)
    with transaction(system("create a person")) as tx:
        tx.execute(_SET_UP_LOCK)
        if tx.scalar(select(User.id).where(User.email == wanted)):
            raise Conflict(f"There is a person with the e-mail {wanted} already.")
        return _add_user(tx, wanted, name, password_hash)


def accept_invitation(token: str, *, name: str, password: str, address: str, user_agent: str = "") -> SignedIn | None:
    """Join by an invitation link. A new person is signed in; one who has a login joins and gets None: they sign in as ever.

    Raises NotFound for a link that does not work, Invalid for a bad password, TooMany for guessing.
    """
    limits.spend(limits.LINK_BY_ADDRESS, address)
    with transaction(system("read an invitation")) as tx:
        offered = inviting.offer(tx, token)
    password_hash = ""
    if not offered.knows_password:
        passwords.check(password, email=offered.email)
        password_hash = passwords.hashed(password)
    with transaction(system("accept an invitation")) as tx:
        user_id, is_new = inviting.accept(tx, token, name=name, password_hash=password_hash)
        if not is_new:
            return None
        return SignedIn(user_id=user_id, token=sessions.open_session(tx, user_id, user_agent=user_agent))


def ask_reset(email: str, *, address: str) -> str:
    """Mail a link that sets a new password, if there is such a person; the caller answers the same either way.

    Returns the link, for the operator's command and the sandbox's screen only; empty for an unknown person. Raises TooMany.
    """
    wanted = addresses.normal_or_empty(email)
    limits.spend(limits.RESET_BY_ADDRESS, address)
    limits.spend(limits.RESET_BY_EMAIL, wanted)
    token = ids.new_token()
    link = f"{settings().address}/reset?reset={token}"
    with transaction(system("ask for a new password")) as tx:
        user = tx.scalar(select(User).where(User.email == wanted, User.disabled_at.is_(None)))
        if user is None:
            return ""
        tx.add(PasswordReset(user_id=user.id, token_hash=token_hash(token), expires_at=clock.now() + RESET_LASTING))
        mails.enqueue(tx, system("mail a password reset"), mails.reset(wanted, link=link))
    return link


def reset_password(token: str, password: str, *, address: str) -> str:
    """Set a new password by a mailed link and sign the person out everywhere; returns their e-mail.

    Raises NotFound for a link that does not work, Invalid for a bad password, TooMany for guessing.
    """
    limits.spend(limits.LINK_BY_ADDRESS, address)
    with transaction(system("read a password reset")) as tx:
        user = tx.get_one(User, _open_reset(tx, token).user_id)
    passwords.check(password, email=user.email)
    password_hash = passwords.hashed(password)
    with transaction(system("set a new password")) as tx:
        _open_reset(tx, token)
        tx.execute(update(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
                   .values(used_at=clock.now()))
        tx.execute(update(User).where(User.id == user.id).values(password_hash=password_hash))
        sessions.close_all(tx, user.id)
        limits.forgive(tx, limits.LOGIN_BY_EMAIL, user.email)
        events.record(tx, Scope(actor=Actor(kind="user", name=user.name, id=user.id)),
                      events.AccessChanged(change="password_changed"))
    return user.email


def _open_reset(tx: Tx, token: str) -> PasswordReset:
    found = tx.scalar(select(PasswordReset).where(
        PasswordReset.token_hash == token_hash(token[:200]), PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > clock.now()).with_for_update())
    if found is None:
        raise NotFound(RESET_GONE, code="link_gone")
    return found


def _add_user(tx: Tx, email: str, name: str, password_hash: str) -> UUID:
    user = User(email=email, name=addresses.person_name(name, otherwise=email), password_hash=password_hash)
    tx.add(user)
    tx.flush()
    return user.id
