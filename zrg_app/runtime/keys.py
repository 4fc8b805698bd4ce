"""How does the vault get a new key without losing a secret, even when it is killed half-way?

The new key is written before the old one, everything is sealed again in one transaction, and only when nothing needs the old key
any more is it dropped. Until then both keys open everything, so a second try picks up where the first was killed.
"""

from zrg_app.kit import vault
from zrg_app.kit.db import Tx, driver, fetch_all, transaction
from zrg_app.kit.errors import Conflict, Refused
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings

# Where sealed values are: how they are found and locked, and how one is replaced.
_PLACES = (
    ("select id, credentials as sealed from connection where credentials is not null for update",
     "update connection set credentials = %(sealed)s where id = %(id)s"),
    ("select id, webhook_secret as sealed from connection where webhook_secret is not null for update",
     "update connection set webhook_secret = %(sealed)s where id = %(id)s"),
    ("select id, payload ->> 'sealed' as sealed from background_job where payload ? 'sealed' for update",
     "update background_job set payload = payload || jsonb_build_object('sealed', %(sealed)s::text) where id = %(id)s"),
)
_ROUNDS = 3


def rotate() -> int:
    """Give the vault a new key and seal everything again; returns how many secrets were sealed again.

    With keys from `ZRG_SECRET_KEY` the operator adds the new key there, in front, before calling. Raises Refused with what to do
    when that did not happen, Conflict when others go on sealing with the old key, Invalid when no key opens a stored secret.
    """
    if settings().secret_key:
        if len(vault.keys()) < 2:
            raise Refused(f"The key comes from ZRG_SECRET_KEY. Put {vault.new_key()} and a comma in front of it, restart the "
                          "product with that, and run this command again.")
        return reseal_everything()
    add_key()
    count = reseal_everything()
    vault.write_keys(vault.keys()[:1])
    return count


def add_key() -> None:
    """Put a new key in front; the older ones go on opening what they sealed."""
    vault.write_keys([vault.new_key(), *vault.keys()])


def reseal_everything() -> int:
    """Seal every stored secret with the newest key; returns how many.

    Raises Conflict when it cannot finish, Invalid for a secret that no key opens.
    """
    count = 0
    for _ in range(_ROUNDS):
        # A process may have taken the old key out of the file just before; its row appears in the next round.
        with transaction(system("seal everything with the newest key")) as tx:
            changed = _reseal(tx, vault.keys()[0])
        count += changed
        if not changed:
            return count
    raise Conflict("Others are changing credentials right now; run this command again in a moment.")


def _reseal(tx: Tx, newest: str) -> int:
    changed = 0
    for found, replace in _PLACES:
        for row in fetch_all(tx, found):
            if not vault.is_sealed_with(row["sealed"], newest):
                vault.unseal(row["sealed"])
                driver(tx).execute(replace, {"id": row["id"], "sealed": vault.reseal(row["sealed"])})
                changed += 1
    return changed
