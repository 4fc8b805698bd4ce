"""Tests of what drafts know."""
