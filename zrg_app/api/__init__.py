"""Doors for programs: webhooks, cron, the public API, health."""
