"""Days of the store: what a run is asked for, checked against what can be asked for.

A day is the store's own: it starts and ends at midnight in the store's time zone, never the machine's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Most days of one run: a year, since each may be a task of its own. Ask for more in several runs, or backfill.
MAX_DAYS = 366

#: Records that one job generates at least, where there are as many: its JVM takes longer to start than to make them.
RECORDS_OF_A_JOB = 50_000

#: The days that the generator accepts: those whose times the rules of a sale accept, in every zone.
FIRST_DAY = date(1970, 1, 3)
LAST_DAY = date(2199, 12, 30)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadRangeError(ValueError):
    """Days that cannot be asked for; the message says why and what to do."""


def store_zone() -> ZoneInfo:
    """The store's time zone, which FURNISTREAM_STORE_ZONE names.

    Raises:
        ValueError: it is not set, or names no zone of the IANA database.
    """
    name = os.environ.get("FURNISTREAM_STORE_ZONE", "")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError) as e:
        raise ValueError(
            f"FURNISTREAM_STORE_ZONE is {name!r}, which is not the name of an IANA time zone: set it, for every"
            " component of Airflow, to the store's, such as America/New_York."
        ) from e


def parse_day(name: str, value: object) -> date:
    """Reads YYYY-MM-DD strictly.

    Raises:
        BadRangeError: value is something else, or not a day of the calendar; ``name`` says where it came from.
    """
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadRangeError(f"{name} {value!r} is not a date: write YYYY-MM-DD, such as 2023-12-01.")


@dataclass(frozen=True, order=True)
class DayRange:
    """Days from start to end, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise BadRangeError(f"start_date {self.start} lies after end_date {self.end}.")
        if self.start < FIRST_DAY or self.end > LAST_DAY:
            raise BadRangeError(f"Days lie between {FIRST_DAY} and {LAST_DAY}, not {self.start} to {self.end}.")

    def __len__(self) -> int:
        return (self.end - self.start).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(len(self)))

    @classmethod
    def of_mapping(cls, days: Mapping[str, Any]) -> DayRange:
        """The range under the keys start_date and end_date, both needed.

        Raises:
            BadRangeError: a day is missing or none, or the range cannot be.
        """
        return cls(parse_day("start_date", days.get("start_date")), parse_day("end_date", days.get("end_date")))

    @classmethod
    def of_event(cls, extra: Mapping[str, Any]) -> list[DayRange]:
        """The days that an event of daily_records states: one range, or many under the key ranges.

        Raises:
            BadRangeError: it states none, or one that cannot be.
        """
        if "ranges" not in extra:
            return [cls.of_mapping(extra)]
        if not isinstance(extra["ranges"], list) or not all(isinstance(days, Mapping) for days in extra["ranges"]):
            raise BadRangeError("ranges is not a list of start_date and end_date.")
        return [cls.of_mapping(days) for days in extra["ranges"]]

    def mapping(self) -> dict[str, str]:
        """What of_mapping reads."""
        return {"start_date": self.start.isoformat(), "end_date": self.end.isoformat()}

    def __str__(self) -> str:
        return f"{self.start}" if self.start == self.end else f"{self.start} to {self.end}"


def single(day: date) -> DayRange:
    """The range of one day."""
    return DayRange(day, day)


def day_before(moment: datetime, zone: ZoneInfo) -> date:
    """The last day that had ended at a moment, in a zone.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone.")
    return moment.astimezone(zone).date() - timedelta(days=1)


def requested(params: Mapping[str, Any], as_of: datetime | None, now: datetime | None = None) -> DayRange:
    """The days that a run is for.

    Args:
        params: the run's parameters; start_date and end_date are YYYY-MM-DD or null. Both null: the last day that had
            ended at ``as_of``. Only end_date null: the one day start_date.
        as_of: the run's logical date; None for a run without one, which is as of now.
        now: the time, for tests.

    Raises:
        BadRangeError: the days cannot be asked for: none of the calendar, out of order, more than MAX_DAYS, or not
            ended yet in the store's zone.
    """
    zone = store_zone()
    now = now or datetime.now(UTC)
    ended = day_before(now, zone)
    start, end = params.get("start_date"), params.get("end_date")
    if start is None and end is not None:
        raise BadRangeError("end_date is given and start_date is not: give both, or only start_date for one day.")
    if start is None:
        day = day_before(as_of or now, zone)
        days = DayRange(day, day)
    else:
        days = DayRange.of_mapping({"start_date": start, "end_date": start if end is None else end})
    if len(days) > MAX_DAYS:
        raise BadRangeError(f"{len(days)} days in one run, at most {MAX_DAYS}: split the range, or backfill.")
    if days.end > ended:
        raise BadRangeError(f"{days.end} has not ended in the store's zone, {zone}: the last day that has is {ended}.")
    return days


def shared_out(days: DayRange, records: int) -> list[DayRange]:
    """The same days as a range for each job: a large day alone, small ones together.

    Args:
        days: which.
        records: how many a day, about.
    """
    together = max(1, RECORDS_OF_A_JOB // records)
    return [
        DayRange(day, min(day + timedelta(days=together - 1), days.end))
        for n, day in enumerate(days)
        if n % together == 0
    ]


def joined(ranges: Iterable[DayRange]) -> list[DayRange]:
    """The same days as few ranges: in order, and no two that overlap or adjoin."""
    result: list[DayRange] = []
    for days in sorted(ranges):
        if result and days.start <= result[-1].end + timedelta(days=1):
            result[-1] = DayRange(result[-1].start, max(result[-1].end, days.end))
        else:
            result.append(days)
    return result


def parted(ranges: Iterable[DayRange], last: date) -> tuple[list[DayRange], list[DayRange]]:
    """The days up to a day, and those after it."""
    up_to, after = [], []
    for days in ranges:
        if days.start <= last:
            up_to.append(DayRange(days.start, min(days.end, last)))
        if days.end > last:
            after.append(DayRange(max(days.start, last + timedelta(days=1)), days.end))
    return up_to, after


#: Ranges that are a job each. A job takes some ten seconds, whatever its days hold.
_FEW = 10

#: Ranges of one job: a command line holds so many with ease.
_MAX_RANGES = 100


def grouped(ranges: Iterable[DayRange]) -> list[list[DayRange]]:
    """The same days as few ranges, in groups for a job each: a few ranges alone, many with those that lie near.

    Sales of years may leave out each Sunday. What proves a group also looks at the days between its ranges.
    """
    found = joined(ranges)
    apart = 1
    while len(groups := _groups(found, apart)) > _FEW and apart < (LAST_DAY - FIRST_DAY).days:
        apart *= 2
    return groups


def _groups(ranges: list[DayRange], apart: int) -> list[list[DayRange]]:
    groups: list[list[DayRange]] = []
    for days in ranges:
        group = groups[-1] if groups else []
        if group and len(group) < _MAX_RANGES and (days.start - group[-1].end).days <= apart:
            group.append(days)
        else:
            groups.append([days])
    return groups
