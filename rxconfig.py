"""How is the Reflex app built and served? One port, no telemetry, no address baked into the bundle."""

import reflex as rx

from zrg_app.runtime.origin import PageOriginPlugin

config = rx.Config(
    app_name="zrg_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # Pages reach the backend they were served by; the plugin writes that into the bundle.
    api_url="http://localhost",
    cors_allowed_origins=(),
    plugins=[PageOriginPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
