"""The demo world: invented people who answer an invented agency's outreach."""
