"""What stays true when the world fails."""
