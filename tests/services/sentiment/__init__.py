"""What must stay true of sentiment."""
