"""Which days a run is for."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from furnistream_jobs.days import (
    FIRST_DAY,
    LAST_DAY,
    BadRangeError,
    DayRange,
    day_before,
    grouped,
    joined,
    parted,
    requested,
    single,
    store_zone,
)

# Noon of 22 November 2026 in New York: the 21st is the last day that has ended.
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def days(start: str, end: str) -> DayRange:
    return DayRange(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("params", "as_of", "expected"),
    [
        ({"start_date": None, "end_date": None}, None, days("2026-11-21", "2026-11-21")),
        ({}, None, days("2026-11-21", "2026-11-21")),
        # Midnight in New York, in winter and in summer: the day that ends there.
        ({}, datetime(2023, 12, 2, 5, 0, tzinfo=UTC), days("2023-12-01", "2023-12-01")),
        ({}, datetime(2023, 7, 2, 4, 0, tzinfo=UTC), days("2023-07-01", "2023-07-01")),
        # A minute before it.
        ({}, datetime(2023, 12, 2, 4, 59, tzinfo=UTC), days("2023-11-30", "2023-11-30")),
        # The hour that a clock change adds or takes.
        ({}, datetime(2023, 11, 6, 5, 0, tzinfo=UTC), days("2023-11-05", "2023-11-05")),
        ({}, datetime(2023, 3, 13, 4, 0, tzinfo=UTC), days("2023-03-12", "2023-03-12")),
        ({"start_date": "2023-12-01"}, None, days("2023-12-01", "2023-12-01")),
        ({"start_date": "2023-12-01", "end_date": "2023-12-31"}, None, days("2023-12-01", "2023-12-31")),
        ({"start_date": "2024-01-01", "end_date": "2024-12-31"}, None, days("2024-01-01", "2024-12-31")),
        ({"start_date": "2026-11-21", "end_date": "2026-11-21"}, None, days("2026-11-21", "2026-11-21")),
    ],
)
def test_the_days_of_a_run(params: dict, as_of: datetime | None, expected: DayRange) -> None:
    assert requested(params, as_of, NOW) == expected


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2023-12-02", "2023-12-01", "start_date 2023-12-02 lies after end_date 2023-12-01"),
        ("2023-02-30", "2023-03-01", "start_date '2023-02-30' is not a date: write YYYY-MM-DD"),
        ("2023-03-01", "2023-13-01", "end_date '2023-13-01' is not a date"),
        ("2023-03-01\n", None, "is not a date"),
        ("20230301", None, "is not a date"),
        ("2023-W10-1", None, "is not a date"),
        ("$(touch x)", None, "is not a date"),
        ("2023-01-01; x", None, "is not a date"),
        (20230301, None, "is not a date"),
        (None, "2023-03-01", "end_date is given and start_date is not"),
        ("2023-01-01", "2024-01-02", "367 days in one run, at most 366"),
        ("0001-01-01", "0001-01-01", "Days lie between 1970-01-03 and 2199-12-30"),
        ("2026-11-22", "2026-11-22", "2026-11-22 has not ended in the store's zone, America/New_York"),
        ("2026-11-20", "2026-11-22", "the last day that has is 2026-11-21"),
    ],
)
def test_days_that_cannot_be_asked_for(start: object, end: object, message: str) -> None:
    with pytest.raises(BadRangeError) as error:
        requested({"start_date": start, "end_date": end}, None, NOW)
    assert message in str(error.value)


def test_the_zone_is_the_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FURNISTREAM_STORE_ZONE", "Pacific/Auckland")
    assert requested({}, None, NOW) == days("2026-11-22", "2026-11-22")
    assert day_before(NOW, store_zone()) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="has no time zone"):
        day_before(datetime(2026, 11, 22), store_zone())  # noqa: DTZ001


@pytest.mark.parametrize("name", [None, "", "Mars", "../etc/localtime"])
def test_an_unknown_zone_is_reported(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if name is None:
        monkeypatch.delenv("FURNISTREAM_STORE_ZONE")
    else:
        monkeypatch.setenv("FURNISTREAM_STORE_ZONE", name)
    with pytest.raises(ValueError, match=f"FURNISTREAM_STORE_ZONE is '{name or ''}', .* IANA time zone"):
        store_zone()


def test_the_machines_zone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # In New York still 29 February, in Tokyo noon of 1 March.
    instant = datetime(2024, 3, 1, 2, 30, tzinfo=UTC)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert requested({}, None, instant) == days("2024-02-28", "2024-02-28")
        assert requested({}, instant, NOW) == days("2024-02-28", "2024-02-28")
        assert requested({}, instant.astimezone(), NOW) == days("2024-02-28", "2024-02-28")
        with pytest.raises(BadRangeError, match="2024-02-29 has not ended in the store's zone"):
            requested({"start_date": "2024-02-29"}, None, instant)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_ranges_are_joined_when_they_overlap_or_adjoin() -> None:
    assert joined(
        [
            days("2023-12-05", "2023-12-06"),
            days("2023-12-01", "2023-12-02"),
            days("2023-12-03", "2023-12-03"),
            days("2023-12-09", "2023-12-20"),
            days("2023-12-10", "2023-12-11"),
            days("2023-12-01", "2023-12-01"),
        ]
    ) == [days("2023-12-01", "2023-12-03"), days("2023-12-05", "2023-12-06"), days("2023-12-09", "2023-12-20")]
    assert joined([]) == []


def test_a_range_counts_its_days_over_a_leap_day() -> None:
    leap = days("2024-02-28", "2024-03-01")
    assert len(leap) == 3
    assert list(leap) == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]


def test_a_few_ranges_are_a_group_each_and_very_many_fit_what_airflow_maps_over() -> None:
    few = [days(f"20{n:02}-01-01", f"20{n:02}-01-02") for n in range(10)]
    assert grouped(reversed(few)) == [[one] for one in few]
    every_other = [single(FIRST_DAY + timedelta(days=2 * n)) for n in range((LAST_DAY - FIRST_DAY).days // 2)]
    groups = grouped(every_other)
    assert [one for group in groups for one in group] == every_other
    assert len(groups) < 1_000
    assert max(map(len, groups)) == 100
    assert grouped([]) == []


def test_days_are_parted_behind_a_day() -> None:
    ranges = [days("2023-12-01", "2023-12-02"), days("2023-12-04", "2023-12-06"), days("2023-12-09", "2023-12-09")]
    assert parted(ranges, date(2023, 12, 4)) == (
        [days("2023-12-01", "2023-12-02"), days("2023-12-04", "2023-12-04")],
        [days("2023-12-05", "2023-12-06"), days("2023-12-09", "2023-12-09")],
    )
    assert parted(ranges, date(2023, 11, 30)) == ([], ranges)
    assert parted(ranges, date(2023, 12, 9)) == (ranges, [])
