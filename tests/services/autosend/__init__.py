"""What must stay true of drafting."""
