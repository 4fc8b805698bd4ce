"""One backend process without the built screens, so that a test can start two on one database: `app_process <port>`."""

import sys
from importlib import import_module

import uvicorn
from reflex_base import constants
from reflex_base.environment import environment

environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
environment.REFLEX_SKIP_COMPILE.set(True)
uvicorn.run(import_module("zrg_app.zrg_app").app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
