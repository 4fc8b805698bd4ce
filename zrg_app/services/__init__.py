"""What the product does, by domain; a ladder in which nobody looks up (docs/architecture.md)."""
