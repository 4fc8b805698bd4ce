"""The panels of the door: login, first set-up, invitation, new password."""
