"""How is the Reflex app built and served? One port, no telemetry, no address baked into the bundle."""

import reflex as rx

from zrg_app.runtime.bundle import BundlePlugin
from zrg_app.runtime.environment import variable

# One process keeps what visitors look at in memory; several share it through Redis.
_redis = variable("REDIS_URL")

config = rx.Config(
    app_name="zrg_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # Pages reach the backend they were served by; the plugin writes that into the bundle.
    api_url="http://localhost",
    redis_url=_redis or None,
    state_manager_mode=rx.constants.StateManagerMode.REDIS if _redis else rx.constants.StateManagerMode.MEMORY,
    cors_allowed_origins=(),
    plugins=[BundlePlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
