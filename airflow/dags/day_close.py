"""DAG day_close: closes days into Parquet files and proves their numbers."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowFailException

from furnistream_jobs.assets import DAILY_RECORDS, DAILY_REPORT
from furnistream_jobs.days import BadRangeError, DayRange, grouped, joined, requested
from furnistream_jobs.operator import ALLOWANCE, JobOperator
from furnistream_jobs.params import require_known

DOC = """\
Waits until every sink has caught up, closes the days into Parquet files, and compares the ledger with Kafka, Cassandra,
PostgreSQL and these files. A difference fails the run; the log of `verify` holds the table and names what differs.
`fake_data` and `replay_csv` start it for the days that they have changed; by hand it takes any days that have ended.
"""

PARAMS = {
    "start_date": Param(
        None,
        type=["null", "string"],
        format="date",
        description="YYYY-MM-DD, in the store's time zone. Empty: the days just produced; by hand, the day that has"
        " just ended.",
    ),
    "end_date": Param(
        None,
        type=["null", "string"],
        format="date",
        description="Included. Empty: only the first day. At most 366 days in one run.",
    ),
    "allow_refused": Param(
        None,
        type=["null", "string"],
        pattern=f"^({ALLOWANCE.pattern})$",
        description="How many records of these days may be refused that no run announced, once you have looked at them:"
        " a number, such as 20, or a share, such as 0.5%. Empty: none.",
    ),
}


#: Most events that a run takes up beyond those that started it.
MAX_LATER_EVENTS = 1_000


def announced(triggering: list[Any], inlet_events: Any) -> list[DayRange]:
    """The days of the events that started a run, and of those that have arrived since.

    Airflow hands a run the events up to the moment at which it first knew that one was needed. While an earlier run
    is active, that moment does not move; later events would wait for the next one, which may be a day away.

    Raises:
        BadRangeError: an event that started the run does not state its days.
    """
    ranges = [days for event in triggering for days in DayRange.of_event(event.extra or {})]
    first = min(event.timestamp for event in triggering)
    for event in inlet_events[DAILY_RECORDS].after(first.isoformat()).ascending().limit(MAX_LATER_EVENTS):
        with suppress(BadRangeError):  # the run that it starts says so
            ranges.extend(DayRange.of_event(event.extra or {}))
    return joined(ranges)


@task(inlets=[DAILY_RECORDS])
def plan(
    params: dict[str, Any] | None = None,
    dag_run: Any = None,
    logical_date: datetime | None = None,
    triggering_asset_events: Any = None,
    inlet_events: Any = None,
) -> list[list[dict[str, str]]]:
    """Checks the requested days, and returns them as few ranges, in a group for each rollup and verify.

    A run that events of daily_records have started is for the days of all of them, and of those that have arrived
    since; they need not adjoin.

    Raises:
        AirflowFailException: it cannot be done, with the reason.
    """
    require_known(dag_run.conf, PARAMS)
    events = [event for of_asset in triggering_asset_events.values() for event in of_asset]
    try:
        ranges = announced(events, inlet_events) if events else [requested(params, logical_date)]
    except BadRangeError as e:
        raise AirflowFailException(str(e)) from e
    allowed = {"allow-refused": params["allow_refused"]} if params["allow_refused"] else {}
    return [
        [{"from": days.start.isoformat(), "to": days.end.isoformat(), **allowed} for days in group]
        for group in grouped(ranges)
    ]


def to_close(group: list[dict[str, str]]) -> dict[str, Any]:
    """The options of rollup: these days, and none between them."""
    return {"ranges": [{"from": days["from"], "to": days["to"]} for days in group]}


def to_prove(group: list[dict[str, str]]) -> dict[str, Any]:
    """The options of verify: all from the first to the last."""
    return {**group[0], "to": group[-1]["to"]}


@task(outlets=[DAILY_REPORT])
def announce(planned: list[list[dict[str, str]]], outlet_events: Any = None) -> None:
    """Announces once which days were closed and proved."""
    outlet_events[DAILY_REPORT].extra = {
        "ranges": [{"start_date": days["from"], "end_date": days["to"]} for group in planned for days in group]
    }


with DAG(
    dag_id="day_close",
    description="Closes days into Parquet files and proves their numbers",
    doc_md=DOC,
    schedule=[DAILY_RECORDS],
    # Two rollups into one folder refuse each other.
    max_active_runs=1,
    params=PARAMS,
    tags=["furnistream"],
    default_args={"retries": 3, "retry_delay": timedelta(seconds=15)},
):
    planned = plan()
    caught_up = JobOperator(
        task_id="caught_up",
        job="caught-up",
        options={"timeout": 600},
        heap_mb=128,
        execution_timeout=timedelta(minutes=15),
    )
    each_group = {"max_active_tis_per_dag": 1, "execution_timeout": timedelta(hours=6)}
    rollup = JobOperator.partial(
        task_id="rollup",
        job="rollup",
        map_index_template="{{ task.options['ranges'][0]['from'] }} to {{ task.options['ranges'][-1]['to'] }}",
        **each_group,
    ).expand(options=planned.map(to_close))
    verify = JobOperator.partial(
        task_id="verify",
        job="verify",
        heap_mb=512,
        map_index_template="{{ task.options['from'] }} to {{ task.options['to'] }}",
        **each_group,
    ).expand(options=planned.map(to_prove))
    planned >> caught_up >> rollup >> verify >> announce(planned)
