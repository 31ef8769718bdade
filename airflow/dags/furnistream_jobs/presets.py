"""Presets of the form of fake_data: a name for what many of its parameters say together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

QUIET_MONTH = "quiet month"
DECEMBER_RUSH = "December rush"
EVERYTHING_GOES_WRONG = "everything goes wrong"

NAMES = (QUIET_MONTH, DECEMBER_RUSH, EVERYTHING_GOES_WRONG)

_FEBRUARY, _DECEMBER, _A_WEEK = 2, 12, 7


def filled_in(params: Mapping[str, Any], defaults: Mapping[str, Any], ended: date) -> dict[str, Any]:
    """The parameters with what their preset says, but for those that the run has changed itself.

    Args:
        params: the run's; preset is one of NAMES, or null for none.
        defaults: the form's.
        ended: the last day that has ended in the store's zone; a preset means the latest days that it fits.
    """
    if params["preset"] is None:
        return dict(params)
    changed = {name: value for name, value in params.items() if value != defaults[name]}
    return {**params, **_of(params["preset"], ended), **changed}


def _of(name: str, ended: date) -> dict[str, Any]:
    if name == QUIET_MONTH:
        return {**_latest(_FEBRUARY, ended), "demand": True, "records_per_day": 200}
    if name == DECEMBER_RUSH:
        return {**_latest(_DECEMBER, ended), "demand": True, "records_per_day": 2_000}
    return {
        "start_date": (ended - timedelta(days=_A_WEEK - 1)).isoformat(),
        "end_date": ended.isoformat(),
        "records_per_day": 2_000,
        "returns": 2,
        "late": 2,
        "duplicates": 2,
        "corrections": 2,
        "poison": 1,
        "drift": True,
    }


def _latest(month: int, ended: date) -> dict[str, str]:
    """The first and the last day of the latest month of this name that has ended."""
    end = ended + timedelta(days=1)
    while end.day != 1 or (end - timedelta(days=1)).month != month:
        end -= timedelta(days=1)
    last = end - timedelta(days=1)
    return {"start_date": last.replace(day=1).isoformat(), "end_date": last.isoformat()}
