"""What leaves, when, and how often: once."""
