"""What would happen if? Playground, preview, replay, impact report and drill: the pipeline run without sending anything."""
