"""Waits that have a limit and say what they wait for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait(condition: Callable[[], T], seconds: float, what: str, every: float = 0.02) -> T:
    """Waits until the condition is true, and returns what it gave.

    Raises:
        AssertionError: not within so many seconds; it says what was waited for.
    """
    limit = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < limit, f"not within {seconds} s: {what}"
        time.sleep(every)
    return result
