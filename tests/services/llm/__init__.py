"""What must stay true of llm."""
