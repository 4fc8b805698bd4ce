"""What people look at; pure functions of the state's variables."""
