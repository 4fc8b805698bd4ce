"""The outside world: each provider is one file and one line of the registry; no database here."""
