"""DAG fake_data: generates the store's sales, a task a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, task
from airflow.sdk.exceptions import AirflowFailException

from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.days import BadRangeError, requested, store_zone
from furnistream_jobs.operator import JobOperator
from furnistream_jobs.params import require_known

DOC = """\
Generates the store's sales and writes them to Kafka, one task a day, then announces the range as `daily_records`, which
starts `day_close`. It runs each night for the day that has just ended in the store's time zone; by hand or by backfill
for any days that have ended. The same arguments give the same records everywhere: running a day again replaces it, and
changes no total.
"""

PARAMS = {
    "start_date": Param(
        None,
        type=["null", "string"],
        format="date",
        description="YYYY-MM-DD, in the store's time zone. Empty: the day that has just ended.",
    ),
    "end_date": Param(
        None,
        type=["null", "string"],
        format="date",
        description="Included. Empty: only the first day. At most 366 days in one run.",
    ),
    "records_per_day": Param(
        500,
        type="integer",
        minimum=1,
        maximum=5_000_000,
        description="Order lines of each day, exactly: 1 to 5,000,000.",
    ),
    "seed": Param(
        1,
        type="integer",
        # The range of exact integers in a browser.
        minimum=-(2**53 - 1),
        maximum=2**53 - 1,
        description="Any whole number. Another seed, or another number of records a day, is another dataset, which"
        " is kept in addition to the first.",
    ),
}


@task
def plan(
    params: dict[str, Any] | None = None, dag_run: Any = None, logical_date: datetime | None = None
) -> list[dict[str, Any]]:
    """Checks the request, and returns it day by day: the options of each task of generate, days in order.

    Raises:
        AirflowFailException: it cannot be done, with the reason; nothing was produced.
    """
    require_known(dag_run.conf, PARAMS)
    try:
        days = requested(params, logical_date)
    except BadRangeError as e:
        raise AirflowFailException(str(e)) from e
    common = {"records": int(params["records_per_day"]), "seed": int(params["seed"])}
    return [{"from": day.isoformat(), "to": day.isoformat(), **common} for day in days]


@task(outlets=[DAILY_RECORDS])
def announce(planned: list[dict[str, Any]], outlet_events: Any = None) -> None:
    """Announces once, after the last day, which days were produced and from what."""
    first, last = planned[0], planned[-1]
    outlet_events[DAILY_RECORDS].extra = {
        "start_date": first["from"],
        "end_date": last["to"],
        "records_per_day": first["records"],
        "seed": first["seed"],
    }


with DAG(
    dag_id="fake_data",
    description="Generates the store's sales, a task a day",
    doc_md=DOC,
    # At the midnight that ends a day. A new stack waits for its first one: it does not produce yesterday.
    schedule=CronTriggerTimetable("0 0 * * *", timezone=store_zone().key, run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=2,
    params=PARAMS,
    tags=["furnistream"],
    default_args={"retries": 3, "retry_delay": timedelta(seconds=15)},
):
    planned = plan()
    generate = JobOperator.partial(
        task_id="generate",
        job="generate",
        # Two JVMs at a time, over all runs: more would not be faster on a laptop, and take its memory.
        max_active_tis_per_dag=2,
        map_index_template="{{ task.options['from'] }}",
        execution_timeout=timedelta(hours=1),
    ).expand(options=planned)
    generate >> announce(planned)
