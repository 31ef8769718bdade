"""The running Superset, and the databases behind it, keep the store's time, whatever the machine's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from running_superset import Report, Superset


def test_now_and_today_are_the_stores(superset: Superset, report: Report) -> None:
    now, today = store_time(report)
    answer = customers(superset, "today : now")
    # Superset writes a time without a zone as if it were UTC.
    since, until = (
        datetime.fromtimestamp(answer[bound] / 1000, UTC).replace(tzinfo=None) for bound in ("from_dttm", "to_dttm")
    )
    assert now <= until < now + timedelta(minutes=1)
    # Should midnight have come between the two questions, it is another day.
    assert since in (today, store_time(report)[1])


def test_a_relative_range_asks_for_the_stores_day(superset: Superset, report: Report) -> None:
    _, before = store_time(report)
    asked = " ".join(customers(superset, "Current day")["query"].split())
    _, after = store_time(report)
    assert any(
        f"ts_date >= TO_DATE('{day:%Y-%m-%d}', 'YYYY-MM-DD')"
        f" AND ts_date < TO_DATE('{day + timedelta(days=1):%Y-%m-%d}', 'YYYY-MM-DD')" in asked
        for day in (before, after)
    ), asked


@pytest.mark.parametrize("database", ["Furnistream report", "Furnistream closed days"])
def test_sql_lab_reads_instants_by_the_stores_clock(database: str, superset: Superset) -> None:
    (row,) = superset.sql(
        database,
        "SELECT CAST(CAST(TIMESTAMPTZ '2024-03-01 02:30:00+00' AS DATE) AS TEXT) AS winter,"
        " CAST(CAST(TIMESTAMPTZ '2024-07-01 03:59:00+00' AS DATE) AS TEXT) AS summer,"
        " TIMESTAMPTZ '2024-03-01 05:00:00+00' = '2024-03-01 00:00:00' AS midnight",
    )
    assert row == {"winter": "2024-02-29", "summer": "2024-06-30", "midnight": True}


def customers(superset: Superset, time_range: str) -> dict[str, Any]:
    """Asks for the customers of a range."""
    (dataset,) = (each["id"] for each in superset.all("dataset") if each["table_name"] == "daily_customer")
    return superset.ask(dataset, {"metrics": ["customers"], "granularity": "ts_date", "time_range": time_range})


def store_time(report: Report) -> tuple[datetime, datetime]:
    """Now and the beginning of today by the store's clock, as PostgreSQL works them out."""
    ((now, today),) = report.rows(
        """SELECT date_trunc('second', now() AT TIME ZONE zone), date_trunc('day', now() AT TIME ZONE zone)
             FROM daily_report.store"""
    )
    return now, today
