"""The stand-in Slack: what it answers, and what it tells when somebody presses a button."""
