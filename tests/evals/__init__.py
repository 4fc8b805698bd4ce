"""Tests of the measured quality, with the sandbox model."""
