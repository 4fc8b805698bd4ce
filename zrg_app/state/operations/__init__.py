"""The panels of Operations: what providers told us, which work failed, and reading histories back."""
