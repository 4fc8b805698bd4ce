"""How does the product run on a bare machine: database, node, frontend build, server and supervisor?"""
