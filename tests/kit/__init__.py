"""The smallest tools keep their promises."""
