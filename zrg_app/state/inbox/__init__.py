"""The state of the inbox, one class per panel that changes together.

From below: `thread` and `station` show a conversation, `rows` the list, `turn` leads from one to the next, `frame` lets a
page arrive. Each is imported only by those above it.
"""
