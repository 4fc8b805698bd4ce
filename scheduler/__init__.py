"""The sidecar: timers held by one leader, and the workers that do the jobs."""
