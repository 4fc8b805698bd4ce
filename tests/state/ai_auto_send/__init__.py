"""The pages about campaigns and auto-send."""
