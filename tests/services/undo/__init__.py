"""What must stay true of undoing."""
