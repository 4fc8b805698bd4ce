"""The stand-in SmartLead: one account per workspace reference, one mailbox and one campaign each."""
