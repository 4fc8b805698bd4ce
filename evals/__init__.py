"""How good are the answers? Measured by command, never by timed tests."""
