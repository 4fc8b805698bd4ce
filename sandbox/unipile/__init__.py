"""A stand-in for Unipile: LinkedIn accounts, people, chats and invitations."""
