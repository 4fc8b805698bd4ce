"""Operations: what keeps the product healthy, and what tells people that it is."""

from zrg_app.services.ops import counters, cron, health, locked_out, maintenance, metrics, retention

__all__ = ["counters", "cron", "health", "locked_out", "maintenance", "metrics", "retention"]
