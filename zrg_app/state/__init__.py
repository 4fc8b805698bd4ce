"""What a visitor's screen remembers, one flat class per panel; every handler is a door with a permission."""
