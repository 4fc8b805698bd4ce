"""What is tested of auto-send: schedule, judgement, decisions, sending off, learning, earning and the bill."""
