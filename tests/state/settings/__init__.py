"""The panels of Settings, as coroutines."""
