"""The state of the inbox, one class per panel that changes together."""
