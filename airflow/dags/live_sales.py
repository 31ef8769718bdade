"""DAG live_sales: produces the store's sales of now, until it is stopped."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, Param

from furnistream_jobs.live import LiveOperator
from furnistream_jobs.params import seed

DOC = """\
Produces the store's sales as they come in, until you stop it: mark the run, or its task `follow`, as success or as
failed. It then ends within seconds, and the ledger's day is complete; the same form again goes on with the same
dataset. With `minutes` it ends by itself, as success. One run goes on at a time: a second one waits, queued, until the
first has ended. The log has a line a minute.
"""

PARAMS = {
    "rate": Param(
        50,
        type="integer",
        minimum=1,
        maximum=1_000,
        description="Order lines a second: 1 to 1,000. Not used with demand.",
    ),
    "demand": Param(
        False,
        type="boolean",
        description="Instead of rate, the demand model says how many come in, and when: opening hours, weekdays,"
        " season, holidays, growth. Today is then always whole: what it has had until now comes first, at once.",
    ),
    "records_per_day": Param(
        10_000,
        type="integer",
        minimum=1,
        maximum=5_000_000,
        description="Only with demand: order lines on an average day of the store's first year, 1 to 5,000,000.",
    ),
    "seed": seed(
        "Any whole number. Another seed, or another rate or demand, is another dataset, which is kept in"
        " addition to the first."
    ),
    "minutes": Param(
        None,
        type=["null", "integer"],
        minimum=1,
        maximum=1_440,
        description="How long, 1 to 1,440, from the start of the run. Empty: until you mark the run, or its task, as"
        " success or as failed.",
    ),
}

with DAG(
    dag_id="live_sales",
    description="Produces the store's sales of now, until it is stopped",
    doc_md=DOC,
    schedule=None,
    # Two runs of one dataset at once would state each other's day.
    max_active_runs=1,
    params=PARAMS,
    tags=["furnistream"],
):
    LiveOperator(
        task_id="follow",
        # An endless run outlives many restarts. Each try goes on where the one before was; while something does not
        # answer, so many last for hours.
        retries=1_000,
        retry_delay=timedelta(seconds=10),
    )
