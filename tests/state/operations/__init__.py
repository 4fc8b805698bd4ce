"""The panels of operations."""
