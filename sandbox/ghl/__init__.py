"""What does GoHighLevel answer and send?"""
