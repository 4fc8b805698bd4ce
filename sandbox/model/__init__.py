"""What does the plain rule-based stand-in for a language model say?"""
