"""What must stay true of inbox."""
