"""What does EmailBison answer and send?"""
