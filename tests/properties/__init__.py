"""What stays true for any deliveries, whatever their order, repetition and shape."""
