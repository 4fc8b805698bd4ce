"""The panels of Operations: what providers told us, what left and what is in doubt, failed work, and reading histories back."""
