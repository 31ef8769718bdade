"""DAG fake_data: generates the store's sales."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, task
from airflow.sdk.exceptions import AirflowFailException

from furnistream_jobs import presets
from furnistream_jobs.again import DayOperator, announcement, of_shared
from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.days import BadRangeError, day_before, requested, shared_out, store_zone
from furnistream_jobs.operator import JobOperator
from furnistream_jobs.params import require_known, seed

DOC = """\
Generates the store's sales and writes them to Kafka, in tasks of some 50,000 records, whole days each, then announces
the range as `daily_records`, which starts `day_close`. It runs each night for the day that has just ended in the
store's time zone; by hand or by backfill for any days that have ended. The same arguments give the same records
everywhere: running a day again, alone or with others, replaces it, and changes no total. To run a day again that shared
a task with others, clear its `day`, which is skipped until then: it generates that day alone, and announces it. The
store is the one that FURNISTREAM_STORE names, the furniture store unless set.
"""

#: Closed until it is opened; what has no section is open.
FAULTS = "Faults, injected on purpose"


def fault(name: str, description: str) -> Param:
    """A share of the records, in percent."""
    return Param(
        0,
        type="number",
        minimum=0,
        maximum=50,
        title=f"{name}, percent",
        description=f"0 to 50. {description}",
        section=FAULTS,
    )


PARAMS = {
    "preset": Param(
        None,
        type=["null", "string"],
        enum=[None, *presets.NAMES],
        description="Fills in what is left as it is below. Quiet month: the latest February, of more than 200 sales a"
        " day. December rush: the latest December, of more than 2,500. Everything goes wrong: the latest week, of 2,000"
        " a day, with faults of every kind.",
    ),
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
        description="Order lines of each day, exactly: 1 to 5,000,000. With demand: on an average day of the store's"
        " first year.",
    ),
    "demand": Param(
        False,
        type="boolean",
        description="The demand model says how many: growth, season, weekdays, holidays, promotions, weather.",
    ),
    "seed": seed(
        "Any whole number. Another seed, or another value of any parameter but the days, is another"
        " dataset, which is kept in addition to the first."
    ),
    "returns": Param(
        None,
        type=["null", "number"],
        minimum=0,
        maximum=20,
        title="returns, percent",
        description="Lines that come back some days later, 0 to 20. Empty: none; with demand, as the store file says.",
    ),
    "late": fault("late", "Records that arrive after the rest of their day, or of the next."),
    "duplicates": fault("duplicates", "Records that are sent twice."),
    "corrections": fault("corrections", "Records of which something else was said first."),
    "poison": fault("poison", "Records that every store must refuse, in addition; the ledger counts them."),
    "drift": Param(
        False,
        type="boolean",
        description="Registers further schemas; a tenth of the records are written by them.",
        section=FAULTS,
    ),
}

DEFAULTS = {name: param.value for name, param in PARAMS.items()}


def options(params: Mapping[str, Any]) -> dict[str, Any]:
    """The options of generate but for the days."""
    volume = "demand" if params["demand"] else "records"
    chosen = {volume: int(params["records_per_day"]), "seed": int(params["seed"])}
    if params["returns"] is not None:
        chosen["returns"] = params["returns"]
    chosen |= {name: params[name] for name in ("late", "duplicates", "corrections", "poison") if params[name]}
    return chosen | ({"drift": True} if params["drift"] else {})


@task
def plan(
    params: dict[str, Any] | None = None, dag_run: Any = None, logical_date: datetime | None = None
) -> list[dict[str, Any]]:
    """Checks the request, and returns the options of each task of generate, days in order.

    Raises:
        AirflowFailException: it cannot be done, with the reason; nothing was produced.
    """
    require_known(dag_run.conf, PARAMS)
    filled = presets.filled_in(params, DEFAULTS, day_before(datetime.now(UTC), store_zone()))
    try:
        days = requested(filled, logical_date)
    except BadRangeError as e:
        raise AirflowFailException(str(e)) from e
    common = options(filled)
    return [
        {"from": part.start.isoformat(), "to": part.end.isoformat(), **common}
        for part in shared_out(days, filled["records_per_day"])
    ]


@task(outlets=[DAILY_RECORDS])
def announce(planned: list[dict[str, Any]], dag_run: Any = None, outlet_events: Any = None) -> list[dict[str, Any]]:
    """Announces once, after the last day, which days were produced and from what.

    Returns the arguments of the task of each day that shared one with others.
    """
    outlet_events[DAILY_RECORDS].extra = announcement(planned[0], planned[-1]["to"])
    return [{"options": options, "cleared_before": dag_run.clear_number} for options in of_shared(planned)]


with DAG(
    dag_id="fake_data",
    description="Generates the store's sales",
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
    each_job = {
        # Two JVMs at a time for each task, over all runs: more would not be faster on a laptop, and take its memory.
        "max_active_tis_per_dag": 2,
        "execution_timeout": timedelta(hours=1),
    }
    generate = JobOperator.partial(
        task_id="generate",
        job="generate",
        map_index_template="{{ task.options['from'] }}"
        "{{ '' if task.options['from'] == task.options['to'] else ' to ' ~ task.options['to'] }}",
        **each_job,
    ).expand(options=planned)
    announced = announce(planned)
    generate >> announced
    DayOperator.partial(
        task_id="day",
        job="generate",
        outlets=[DAILY_RECORDS],
        map_index_template="{{ task.options['from'] }}",
        **each_job,
    ).expand_kwargs(announced)
