"""Does the look keep its promises?"""
