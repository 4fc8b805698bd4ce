"""Tests of the pages of AI Personality as a browser has them."""
