"""Words put into answers again and again."""
