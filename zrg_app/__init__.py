"""ZRG Inbox: one conversation per lead over every outreach channel."""
