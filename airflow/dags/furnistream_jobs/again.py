"""A day that was generated with others, as a task that generates it again, by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import AirflowSkipException

from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.days import DayRange
from furnistream_jobs.operator import JobOperator

if TYPE_CHECKING:
    from airflow.sdk import Context


def announcement(options: Mapping[str, Any], last: str) -> dict[str, Any]:
    """What an event of daily_records says of days that were generated: which, and from what.

    Args:
        options: of the generate of the first of them.
        last: the last day.
    """
    made_from = {name: value for name, value in options.items() if name not in ("from", "to", "records", "demand")}
    return {
        "start_date": options["from"],
        "end_date": last,
        "records_per_day": options["demand"] if "demand" in options else options["records"],
        "demand": "demand" in options,
        **made_from,
    }


def of_shared(planned: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The options of generate for each day, by itself, that shares a task with others.

    Args:
        planned: the options of each task.
    """
    return [
        {**options, "from": day.isoformat(), "to": day.isoformat()}
        for options in planned
        if options["from"] != options["to"]
        for day in DayRange.of_mapping({"start_date": options["from"], "end_date": options["to"]})
    ]


class DayOperator(JobOperator):
    """Generates a day again, by itself, and announces it; but only when a person has cleared this task.

    Airflow counts how often something of a run was cleared. When the day was generated with others, and nothing was
    cleared since, there is nothing to do, and the task is skipped. The number of its try does not say that: it also
    grows with each retry, and when a task before this one is cleared with all that follow.
    """

    def __init__(self, *, cleared_before: int, **kwargs) -> None:
        """Prepares the task.

        Args:
            cleared_before: how often something of the run had been cleared when the day had been generated with others.
            kwargs: of every JobOperator.
        """
        super().__init__(**kwargs)
        self.cleared_before = cleared_before

    def execute(self, context: Context) -> None:
        """Runs the job to its end, and states what is announced.

        Raises:
            AirflowSkipException: the day was generated with others, and the task was not cleared since.
            AirflowException: as of every JobOperator.
        """
        if context["dag_run"].clear_number == self.cleared_before:
            raise AirflowSkipException(
                f"{self.options['from']} was generated with other days, by a task generate. Clear this task, and the"
                " day is generated again, by itself."
            )
        super().execute(context)
        context["outlet_events"][DAILY_RECORDS].extra = announcement(self.options, self.options["to"])
