"""What does Calendly answer and send?"""
