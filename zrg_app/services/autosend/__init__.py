"""May a draft leave without a person? Mode, judgement, decision with its reasons, delay, the last look, and review in Slack."""
