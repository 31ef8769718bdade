"""The running Superset, and the databases behind it, keep the store's time, whatever the machine's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from running_superset import Report, Superset

#: The store's zone, and now and today in it, as the reporting database has them.
NOW = """SELECT zone, date_trunc('second', now() AT TIME ZONE zone), date_trunc('day', now() AT TIME ZONE zone)
  FROM daily_report.store"""


def test_now_and_today_are_the_stores(superset: Superset, report: Report) -> None:
    ((_, now, today),) = report.rows(NOW)
    since, until = superset.time_range("today : now")
    # Should midnight have come between the two questions, it is another day.
    assert since in (today, today + timedelta(days=1))
    assert now <= until < now + timedelta(minutes=1)


@pytest.mark.parametrize("database", ["Furnistream report", "Furnistream closed days"])
def test_sql_lab_reads_instants_by_the_stores_clock(database: str, superset: Superset, report: Report) -> None:
    ((zone, _, _),) = report.rows(NOW)
    (row,) = superset.sql(
        database,
        "SELECT current_setting('TimeZone') AS zone,"
        " CAST(TIMESTAMPTZ '2024-03-01 02:30:00+00' AS DATE)::text AS winter,"
        " CAST(TIMESTAMPTZ '2024-07-01 03:59:00+00' AS DATE)::text AS summer,"
        " (TIMESTAMPTZ '2024-03-01 05:00:00+00' = '2024-03-01 00:00:00')::text AS midnight",
    )
    assert row == {"zone": zone, "winter": "2024-02-29", "summer": "2024-06-30", "midnight": "true"}


def test_a_relative_range_asks_for_the_stores_day(superset: Superset, report: Report) -> None:
    (dataset,) = (each["id"] for each in superset.all("dataset") if each["table_name"] == "daily_customer")
    ((_, _, before),) = report.rows(NOW)
    query = {"metrics": ["customers"], "granularity": "ts_date", "time_range": "Current day"}
    asked = superset.ask(dataset, query)["query"]
    ((_, _, after),) = report.rows(NOW)
    assert any(condition(day) in " ".join(asked.split()) for day in (before, after)), asked


def condition(day: datetime) -> str:
    """What a query of one day asks for."""
    return (
        f"ts_date >= TO_DATE('{day:%Y-%m-%d}', 'YYYY-MM-DD')"
        f" AND ts_date < TO_DATE('{day + timedelta(days=1):%Y-%m-%d}', 'YYYY-MM-DD')"
    )
