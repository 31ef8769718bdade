"""DAG replay_csv: takes files of sales from the inbox as the store's."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.days import DayRange, day_before, joined, parted, store_zone
from furnistream_jobs.inbox import KINDS, VARIABLE, BadFileError, Inbox
from furnistream_jobs.params import require_known
from furnistream_jobs.replay import BadRequestError, ReplayOperator, requested

DOC = """\
Takes the sales in files as the store's: put CSV, gzipped CSV or Parquet files into the inbox, name them and the mapping
by which their rows become sales. Then it announces the days that changed as `daily_records`, which starts `day_close`
for exactly these days. The same file again changes nothing; a corrected one updates its lines. Rows that are no sales
are written into the inbox as FILE.rejected.csv: correct them there, and replay that file.
"""

#: Files of one run.
MAX_FILES = 100

LOG = logging.getLogger(__name__)


def form(inbox: Inbox) -> dict[str, Param]:
    """The parameters, with what is in the inbox now.

    The files and mappings are proposals, not a schema: a file that was put there a moment ago can be named before the
    form knows it, and one that is gone is refused by the task plan, in words.
    """
    files = inbox.files()
    if inbox.folder is None:
        what = f"Set {VARIABLE}, for every component of Airflow, to the folder whose files may be replayed."
    elif files:
        what = "Files in the inbox, all of one form. One that was put there is listed half a minute later."
    else:
        what = (
            f"There is no file yet: put one into {inbox.folder} ({', '.join(KINDS)}), and open this form again half a"
            " minute later."
        )
    return {
        "files": Param(
            [],
            type="array",
            items={"type": "string"},
            minItems=1,
            maxItems=MAX_FILES,
            examples=files,
            description=what,
        ),
        "mapping": Param(
            type="string",
            minLength=1,
            examples=inbox.mappings(),
            description="How rows become sales: superstore, kaggle-sales, or a file of the inbox without its .yaml"
            " (`furnistream replay --suggest my-shop.csv > my-shop.yaml` makes one to start from).",
        ),
        "dataset": Param(
            None,
            type=["null", "string"],
            description="Lower-case letters, digits and hyphens. Files that are replayed under the same name correct"
            " each other. Empty: the mapping's name.",
        ),
        "replace": Param(
            False,
            type="boolean",
            description="Take back the dataset's lines that are not in these files.",
        ),
        "strict": Param(
            False,
            type="boolean",
            description="End at the first row that is not a sale, before anything is written.",
        ),
    }


INBOX = Inbox.from_environment()
PARAMS = form(INBOX)


@task
def plan(params: dict[str, Any] | None = None, dag_run: Any = None) -> list[dict[str, Any]]:
    """Checks the request, and returns the options of replay.

    Raises:
        AirflowFailException: it cannot be done, with the reason; nothing was produced.
    """
    require_known(dag_run.conf, PARAMS)
    try:
        return [requested(params, Inbox.from_environment(), dag_run.run_after)]
    except (BadFileError, BadRequestError) as e:
        raise AirflowFailException(str(e)) from e


@task(outlets=[DAILY_RECORDS])
def announce(planned: list[dict[str, Any]], replayed: list[dict[str, Any]], outlet_events: Any = None) -> None:
    """Announces once which days were changed and have ended; says which have not.

    Raises:
        AirflowSkipException: there is none, so nothing is announced.
    """
    changed = joined(DayRange.of_mapping(days) for result in replayed for days in result["ranges"])
    last = day_before(datetime.now(UTC), store_zone())
    ended, still_open = parted(changed, last)
    for days in still_open:
        LOG.warning(f"{days} has not ended in the store's zone, and stays open: close it when it has, by day_close.")
    if not ended:
        raise AirflowSkipException("No day that has ended was changed: there is nothing to close.")
    LOG.info(f"{sum(map(len, ended))} days to close: {', '.join(map(str, ended[:20]))}{'…' if len(ended) > 20 else ''}")
    outlet_events[DAILY_RECORDS].extra = {
        "ranges": [days.mapping() for days in ended],
        "dataset": planned[0]["dataset"],
        "files": planned[0]["files"],
    }


with DAG(
    dag_id="replay_csv",
    description="Takes files of sales from the inbox as the store's",
    doc_md=f"{DOC}\nThe inbox is `{INBOX.folder}`.\n" if INBOX.folder else DOC,
    schedule=None,
    # Two replays of one dataset at once would each miss what the other writes.
    max_active_runs=1,
    params=PARAMS,
    tags=["furnistream"],
    default_args={"retries": 3, "retry_delay": timedelta(seconds=15)},
):
    planned = plan()
    replay = ReplayOperator.partial(
        task_id="replay",
        job="replay",
        heap_mb=512,
        map_index_template="{{ task.options['files'] | join(', ') }}",
        execution_timeout=timedelta(hours=6),
    ).expand(options=planned)
    announce(planned, replay.output)
