"""What do the panels of operations hold?"""
