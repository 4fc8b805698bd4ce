"""The panels of Settings: the workspace itself, its team, its providers."""
