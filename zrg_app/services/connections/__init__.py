"""How a workspace reaches its providers: credentials, health, and whose webhook is whose."""
