"""What must hold whatever model is asked."""
