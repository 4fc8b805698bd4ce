"""Which odd JSON do readers have to survive?"""

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
NAMES = ("type", "event", "data", "body", "payload", "lead", "email", "reply", "id", "campaign", "campaign_id", "attachments",
         "timestamp", "message_id", "subject", "workspace")
