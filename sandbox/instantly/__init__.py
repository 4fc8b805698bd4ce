"""The stand-in Instantly: one workspace per reference, one mailbox and one campaign each."""
