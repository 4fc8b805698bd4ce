"""What do the pages of AI Personality show, and what do they change?"""
