"""What do the providers' wire formats look like from the other end? A stand-in for all of them over real HTTP."""
