"""Measurements of the product beside the limits of the machine; run by command, never as tests."""
