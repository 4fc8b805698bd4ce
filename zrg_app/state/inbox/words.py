"""What is each heap of conversations called, and what is said when it is empty?"""

TITLES: dict[str, str] = {
    "reply": "Needs a reply", "drafts": "Drafts to approve", "mine": "Assigned to me", "unread": "Unread", "snoozed": "Snoozed",
    "repair": "Did not leave", "done": "Done", "open": "Open", "all": "All conversations",
}
_EMPTY: dict[str, tuple[str, str]] = {
    "reply": ("Nobody is waiting", "Every reply has its answer. The next one appears here by itself."),
    "drafts": ("No drafts to approve", "When a lead writes, the proposed answer waits here."),
    "mine": ("Nothing is yours", "Conversations a colleague gives to you appear here."),
    "unread": ("All read", "New replies appear here by themselves."),
    "snoozed": ("Nothing is snoozed", "Snooze a conversation with h; it comes back at its time."),
    "repair": ("Everything left", "Messages that could not be sent would stand here."),
    "done": ("Nothing is done yet", "Conversations you finish with e are kept here."),
    "all": ("No conversations yet", "The first reply of a lead appears here by itself, as soon as a provider is connected."),
}
SEARCHED = ("Nothing found", "Names, companies, addresses and the words of messages were searched.")
FILTERED = ("Nothing fits", "No conversation fits all the filters you chose.")


def empty_words(view: str, *, searched: bool, filtered: bool) -> tuple[str, str]:
    """The title and the sentence for a list without rows."""
    if searched:
        return SEARCHED
    return FILTERED if filtered else _EMPTY.get(view, FILTERED)
