"""Has a reply been answered? Named SQL, because lists, histories and drafts must agree on it."""

ANSWERED = """
exists (select from message reaction left join outbound_message let_go on let_go.id = reaction.outbound_id
        where reaction.lead_id = {reply}.lead_id and reaction.direction = 'outbound' and reaction.sent_by is distinct from 'campaign'
          and reaction.sent_at > {reply}.sent_at
          and (let_go.id is null or let_go.created_at > least({reply}.created_at, {reply}.sent_at + interval '1 hour')))
"""
"""Whether a message left after `{reply}` (an alias of `message`) that may have been an answer to it.

What was let go here before we knew of the reply is none, though it left later: nobody had read it. Of a reply we learn of more
than an hour late, what left after that hour counts, or every history that is read back would raise old questions again.
"""
