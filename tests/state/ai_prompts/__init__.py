"""The pages of prompts and model calls, as coroutines."""
