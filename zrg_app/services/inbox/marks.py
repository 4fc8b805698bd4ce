"""What does the AI leave on a conversation? Named SQL, because whoever changes a draft, a decision or a message must agree on it."""

AI_REVIEWS = """
exists (select from draft d join auto_send_decision z on z.draft_id = d.id and z.generation = d.generation and not z.is_shadow
        where d.lead_id = {lead} and d.status = 'pending' and (z.action = 'needs_review' or z.outcome in ('held', 'failed')))
"""
"""Whether a draft waits at the lead `{lead}` that auto-send left to a person: it would not send it, or it was held or failed on its way."""

AI_SENT = "coalesce(bool_or(channel = 'email' and sent_by = 'ai'), false)"
"""Over the messages of a lead: whether an e-mail left that the AI wrote and sent by itself (FACTS section 20.2)."""
