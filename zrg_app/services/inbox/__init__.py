"""Conversations: one per lead over all channels, what they hold, and what the list shows."""
