"""What is each heap of conversations called, and what is said when it is empty?"""

TITLES: dict[str, str] = {
    "reply": "Needs a reply", "drafts": "Drafts to approve", "mine": "Assigned to me", "unread": "Unread", "snoozed": "Snoozed",
    "ai_review": "AI needs review", "ai_sent": "AI sent", "repair": "Needs repair", "done": "Done", "open": "Open",
    "all": "All conversations",
}
_EMPTY: dict[str, tuple[str, str]] = {
    "reply": ("Nobody is waiting", "Every reply has its answer. The next one appears here by itself."),
    "drafts": ("No drafts to approve", "When a lead writes, the proposed answer waits here."),
    "mine": ("Nothing is yours", "Conversations a colleague gives to you appear here."),
    "unread": ("All read", "New replies appear here by themselves."),
    "snoozed": ("Nothing is snoozed", "Snooze a conversation with h; it comes back at its time."),
    "ai_review": ("Nothing to look at", "A draft that auto-send leaves to a person appears here, with its reason."),
    "ai_sent": ("The AI has sent nothing yet", "E-mails it wrote and sent by itself are listed here once auto-send is on."),
    "repair": ("Everything left", "A message that did not leave, or may not have arrived, would stand here until somebody sees to it."),
    "done": ("Nothing is done yet", "Conversations you finish with e are kept here."),
    "all": ("No conversations yet", "The first reply of a lead appears here by itself, as soon as a provider is connected."),
}
SEARCHED = ("Nothing found", "Names, companies, addresses, subjects and messages were looked through. Fewer or other words may find more.")
SEARCHED_SOME = ("Nothing found here", "Nothing fits the search and the filters together.")
FILTERED = ("Nothing fits", "No conversation fits all the filters you chose.")

FIELDS: dict[str, str] = {
    "name": "Name", "job_title": "Job title", "company": "Company", "website": "Website", "phone": "Phone", "email": "E-mail",
    "linkedin_url": "LinkedIn", "industry": "Industry", "employee_headcount": "Size", "company_state": "State",
    "timezone": "Time zone", "status": "Status",
}
STATUSES: dict[str, str] = {
    "new": "New", "qualified": "Qualified", "meeting-requested": "Meeting requested", "meeting-booked": "Meeting booked",
    "not-interested": "Not interested", "unqualified": "Not a fit", "needs_repair": "Needs repair",
}


# What to do when a view is empty: the word, and the view or the address it leads to.
_STEPS: dict[str, tuple[str, str]] = {
    "reply": ("See all conversations", "all"), "drafts": ("See who needs a reply", "reply"), "mine": ("See who needs a reply", "reply"),
    "unread": ("See who needs a reply", "reply"), "snoozed": ("See who needs a reply", "reply"),
    "ai_review": ("See all drafts", "drafts"), "ai_sent": ("Look at auto-send", "/ai/auto-send"),
    "repair": ("See all conversations", "all"), "done": ("See who needs a reply", "reply"),
    "open": ("See all conversations", "all"), "all": ("Connect a provider", "/settings?settingsTab=integrations"),
}


def empty_step(view: str) -> tuple[str, str, str]:
    """The word of the step that an empty view offers, and the view or else the address it leads to."""
    word, leads_to = _STEPS.get(view, ("See all conversations", "all"))
    return (word, "", leads_to) if leads_to.startswith("/") else (word, leads_to, "")


def empty_words(view: str, *, searched: bool, filtered: bool) -> tuple[str, str]:
    """The title and the sentence for a list without rows."""
    if searched:
        return SEARCHED_SOME if filtered else SEARCHED
    return FILTERED if filtered else _EMPTY.get(view, FILTERED)
