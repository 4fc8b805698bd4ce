"""Is this text only a phone's report of a reaction to our message?"""

import re

from zrg_app.services.reading.characters import MAX_FIELD, folded
from zrg_app.services.reading.words import any_of, pattern

_VERBS = """
liked|loved|disliked|laughed at|emphasized|emphasised|questioned|reacted to|reacted|hearted|a aimé|a adoré
n'a pas aimé|a ri de
a mis l'accent sur|le gusta|le gustó|le encantó|le ha gustado|ha gustado|me gusta|se rió de|enfatizó|hat mit
gefällt|liebt|mag
curtiu|gostou de|adorou|amou|riu de|enfatizou|ha messo mi piace|è piaciuto|ha adorato|ha riso a|vond leuk
vindt leuk|gillade|älskade
"""
_QUOTING = re.compile(r"^\W{0,4}(?:[\w .'-]{1,40}\s)?" + any_of(_VERBS) + r"[^\"\n]{0,40}\"")
_REMOVED = pattern(r"^\W{0,4}(?:removed an?|a supprimé|eliminó|hat .{1,20} entfernt)\b[^\"\n]{0,40}\"")
_KIND = re.compile(
    r"^\W{0,4}"
    + any_of(_VERBS)
    + r"\s+(?:an? |your |une? |el |la |o |un |ein |eine )?(?:image|photo|video|audio message|attachment|"
    r"sticker|gif|movie|message|link|location|contact|voice message|foto|mensaje|mensagem|"
    r"bild|nachricht)s?\W*$"
)
_MAIL_REACTION = pattern(
    r"^[^\n]{0,80}\b(?:reacted (?:to your message|via|with)|hat auf (?:ihre|deine) "
    r"nachricht reagiert|a réagi à votre message|"
    r"ha reaccionado a tu mensaje|reagiu à sua mensagem|ha reagito al tuo messaggio|"
    r"heeft gereageerd op)"
)
_WITH_EMOJI = re.compile(r"^\W{0,4}reacted\s+\S{1,12}\s+to\s+\"")


def is_tapback(text: str | None) -> bool:
    """Return whether the whole text reports a reaction (Liked "...", reacted to your message) rather than saying
    something.

    Words after the closing quotation mark make it an ordinary message.
    """
    low = folded(text, 2_000).strip()
    if not low:
        return False
    if _MAIL_REACTION.match(low) and len(low) < MAX_FIELD:
        return True
    if _KIND.match(low):
        return True
    if not (_QUOTING.match(low) or _REMOVED.match(low) or _WITH_EMOJI.match(low)):
        return False
    return len(low.rpartition('"')[2].strip(" .\n")) <= 3 or low.count('"') == 1
