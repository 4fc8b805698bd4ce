"""What must stay true of services."""
