"""Tests of what is tried out without sending anything."""
