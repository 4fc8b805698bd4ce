"""Does the product run on a bare machine, and come back from anything?"""
