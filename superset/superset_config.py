"""Superset's settings, all of which come from the environment; README.md lists them. It contains no secret."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask

from furnistream_superset.base_map import STYLE, BaseMap
from furnistream_superset.closed_days import lock_every_duckdb
from furnistream_superset.store_clock import keep_time_in
from furnistream_superset.store_currency import number_format

# What "today" and "last week" mean, whatever the machine's zone.
keep_time_in(os.environ["FURNISTREAM_STORE_ZONE"])

# What "$" in a number's format stands for.
D3_FORMAT = number_format(os.environ["FURNISTREAM_STORE_CURRENCY"])

# Superset itself reads SUPERSET_SECRET_KEY and SUPERSET__SQLALCHEMY_DATABASE_URI.
SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 5, "max_overflow": 10, "pool_pre_ping": True}

lock_every_duckdb(Path(os.environ["FURNISTREAM_EXPORT_DIR"]))

# --- the map ---------------------------------------------------------------------------------------------------------
MAPBOX_API_KEY = os.environ.get("MAPBOX_API_KEY", "")
_BASE_MAP = BaseMap(
    os.environ.get("FURNISTREAM_BASE_MAP", "offline"),
    Path(os.environ["FURNISTREAM_BASE_MAP_TILES"]),
    MAPBOX_API_KEY,
)
DECKGL_BASE_MAP = [[STYLE, "Base map"]]


def FLASK_APP_MUTATOR(app: Flask) -> None:  # noqa: N802 - Superset's name
    """Adds the base map."""
    _BASE_MAP.add_to(app)


# --- who may do what -------------------------------------------------------------------------------------------------
# Superset's own Public role: reads dashboards, no SQL Lab, no writing. Which data it may read, prepare.py says.
PUBLIC_ROLE_LIKE = "Public" if os.environ.get("FURNISTREAM_PUBLIC_LINK") == "on" else None

# Superset's default except for its hosts: nothing is loaded from, or sent to, any other host.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:", *_BASE_MAP.hosts],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'", *_BASE_MAP.hosts],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'"],
        "frame-ancestors": ["'self'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
# Superset would let the pages of two map servers ask it.
ENABLE_CORS = False

# --- pace ------------------------------------------------------------------------------------------------------------
DASHBOARD_AUTO_REFRESH_INTERVALS = [
    [0, "Don't refresh"],
    [5, "5 seconds"],
    [10, "10 seconds"],
    [30, "30 seconds"],
    [60, "1 minute"],
    [300, "5 minutes"],
]
SUPERSET_WEBSERVER_TIMEOUT = int(timedelta(minutes=1).total_seconds())
SQLLAB_TIMEOUT = int(timedelta(seconds=50).total_seconds())

# One process serves all, so its own memory is the cache. What is live sets a timeout of its own, or forces.
CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 500, "CACHE_DEFAULT_TIMEOUT": 300}
DATA_CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 100, "CACHE_DEFAULT_TIMEOUT": 60}

# --- the rest --------------------------------------------------------------------------------------------------------
# Request limits are kept in memory on purpose: otherwise Superset would warn about it at every start.
RATELIMIT_STORAGE_URI = "memory://"
