"""The clock of the store, by which Superset reads "today", "last week" and "now"."""

from __future__ import annotations

import os
import time
from pathlib import Path

import tzdata

_TZDATA = Path(tzdata.__file__).parent


def keep_time_in(zone: str) -> None:
    """Gives this process the store's clock, whatever the machine's.

    Superset evaluates relative ranges by the clock of its own process, and so does DuckDB in it. The zone's rules come
    with Python's tzdata: on a machine that has none, the C library would take UTC without a word.

    Args:
        zone: the store's zone, a name from the IANA time zone database

    Raises:
        ValueError: there is no such zone
    """
    if zone not in (_TZDATA / "zones").read_text().split():
        raise ValueError(
            f"The store's zone, FURNISTREAM_STORE_ZONE, is {zone!r}, which is not the name of an IANA time zone."
            " Write one such as America/New_York."
        )
    os.environ["TZDIR"] = str(_TZDATA / "zoneinfo")
    os.environ["TZ"] = zone
    time.tzset()
