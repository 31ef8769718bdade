"""Which days Superset means by "today" and "last week", at times when the store's day is not the machine's."""

from __future__ import annotations

import os
import time
import unittest
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

from superset.utils.date_parser import get_since_until

from furnistream_superset.closed_days import open_locked
from furnistream_superset.store_clock import keep_time_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCALTIME = time.localtime


@contextmanager
def clock_at(instant: str) -> Iterator[None]:
    """Stops the two clocks that Superset reads; in which zone they are read is left to the process."""
    seconds = datetime.fromisoformat(instant).timestamp()

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: None = None) -> datetime:
            return datetime.fromtimestamp(seconds, tz)

    with (
        mock.patch("superset.utils.date_parser.datetime", Stopped),
        mock.patch("parsedatetime.time.localtime", lambda at=seconds: _LOCALTIME(at)),
    ):
        yield


class StoreClockTest(unittest.TestCase):
    """On a machine in Tokyo, where the day is the store's only from 14:00 (in summer 13:00) to midnight of UTC."""

    def setUp(self) -> None:
        environment = mock.patch.dict(os.environ, {"TZ": "Asia/Tokyo"})
        environment.start()
        self.addCleanup(time.tzset)
        self.addCleanup(environment.stop)
        time.tzset()

    def ranges(self, instant: str, expected: dict[str, tuple[str, str]]) -> None:
        with clock_at(instant):
            for phrase, (since, until) in expected.items():
                with self.subTest(phrase):
                    self.assertEqual(
                        get_since_until(time_range=phrase),
                        (datetime.fromisoformat(since), datetime.fromisoformat(until)),
                    )

    def test_without_it_the_days_are_the_machines(self) -> None:
        self.ranges("2024-03-01T02:30Z", {"today : now": ("2024-03-01", "2024-03-01T11:30")})

    def test_relative_ranges_are_the_stores(self) -> None:
        keep_time_in("America/New_York")
        # In New York still Thursday, 29 February 2024, 21:30.
        self.ranges(
            "2024-03-01T02:30Z",
            {
                "today : tomorrow": ("2024-02-29", "2024-03-01"),
                "yesterday : today": ("2024-02-28", "2024-02-29"),
                "today : now": ("2024-02-29", "2024-02-29T21:30"),
                "2 hours ago : now": ("2024-02-29T19:30", "2024-02-29T21:30"),
                "Last day": ("2024-02-28", "2024-02-29"),
                "Last week": ("2024-02-22", "2024-02-29"),
                "Last month": ("2024-01-29", "2024-02-29"),
                "Last quarter": ("2023-11-29", "2024-02-29"),
                "Last year": ("2023-02-28", "2024-02-29"),
                "Last 7 days": ("2024-02-22", "2024-02-29"),
                "Current day": ("2024-02-29", "2024-03-01"),
                "Current week": ("2024-02-26", "2024-03-04"),
                "Current month": ("2024-02-01", "2024-03-01"),
                "Current quarter": ("2024-01-01", "2024-04-01"),
                "Current year": ("2024-01-01", "2025-01-01"),
                "previous calendar week": ("2024-02-19", "2024-02-26"),
                "previous calendar month": ("2024-01-01", "2024-02-01"),
                "previous calendar year": ("2023-01-01", "2024-01-01"),
                "DATEADD(DATETIME('today'), -7, day) : DATETIME('today')": ("2024-02-22", "2024-02-29"),
                "DATETRUNC(DATETIME('now'), month) : DATETIME('now')": ("2024-02-01", "2024-02-29T21:30"),
                "start of this month : end of this month": ("2024-02-01", "2024-02-29"),
            },
        )

    def test_at_the_turn_of_the_year_and_on_days_of_23_and_25_hours(self) -> None:
        keep_time_in("America/New_York")
        for instant, today, tomorrow in (
            ("2024-01-01T04:59:59Z", "2023-12-31", "2024-01-01"),
            ("2024-01-01T05:00Z", "2024-01-01", "2024-01-02"),
            ("2024-03-10T04:59Z", "2024-03-09", "2024-03-10"),
            ("2024-03-11T03:59Z", "2024-03-10", "2024-03-11"),
            ("2024-03-11T04:00Z", "2024-03-11", "2024-03-12"),
            ("2024-11-03T04:00Z", "2024-11-03", "2024-11-04"),
            ("2024-11-04T04:59Z", "2024-11-03", "2024-11-04"),
            ("2024-11-04T05:00Z", "2024-11-04", "2024-11-05"),
        ):
            with self.subTest(instant):
                self.ranges(instant, {"Current day": (today, tomorrow), "today : tomorrow": (today, tomorrow)})

    def test_another_zone_is_another_day(self) -> None:
        keep_time_in("Pacific/Auckland")
        self.ranges("2024-03-01T11:30Z", {"today : now": ("2024-03-02", "2024-03-02T00:30")})

    def test_duckdb_keeps_the_same_time(self) -> None:
        keep_time_in("America/New_York")
        with TemporaryDirectory() as export:
            connection = open_locked(Path(export))
            ((zone, day),) = connection.execute(
                "SELECT current_setting('TimeZone'), TIMESTAMPTZ '2024-03-01 02:30:00+00'::DATE"
            ).fetchall()
        self.assertEqual((zone, day), ("America/New_York", date(2024, 2, 29)))

    def test_the_rules_of_the_zone_do_not_come_from_the_machine(self) -> None:
        with mock.patch.dict(os.environ, {"TZDIR": "/nonexistent"}):
            keep_time_in("America/New_York")
            self.assertEqual(datetime(2024, 3, 1, 2, 30, tzinfo=UTC).astimezone().hour, 21)

    def test_an_unknown_zone_is_reported(self) -> None:
        for zone in ("Mars", "", "../etc/localtime", "EST5EDT4,M3.2.0,M11.1.0"):
            with self.subTest(zone), self.assertRaisesRegex(ValueError, "not the name of an IANA time zone"):
                keep_time_in(zone)
        self.assertEqual(os.environ["TZ"], "Asia/Tokyo")


if __name__ == "__main__":
    unittest.main()
