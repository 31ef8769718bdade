"""Runs the job generate with sales of now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from furnistream_jobs.operator import JobOperator
from furnistream_jobs.params import require_known

if TYPE_CHECKING:
    from airflow.sdk import Context

#: The parameters of a run.
KNOWN = ("rate", "demand", "records_per_day", "seed", "minutes")


def options(params: Mapping[str, Any]) -> dict[str, Any]:
    """The options of generate.

    Args:
        params: the run's parameters rate, demand, records_per_day and seed.
    """
    volume = {"demand": int(params["records_per_day"])} if params["demand"] else {"rate": int(params["rate"])}
    return {"live": True, **volume, "seed": int(params["seed"])}


class LiveOperator(JobOperator):
    """Produces sales as they come in, as the run's parameters say, until it is stopped or its time is over."""

    def __init__(self, **kwargs) -> None:
        """Prepares the task.

        Args:
            kwargs: of every operator.
        """
        super().__init__(job="generate", options={}, **kwargs)

    def execute(self, context: Context) -> Any:
        """Runs the job until it is asked to end.

        Raises:
            AirflowFailException: a retry would not help.
            AirflowException: another try goes on where this one was.
        """
        params = context["params"]
        require_known(context["dag_run"].conf, KNOWN)
        self.options = options(params)
        self.stop_after = None if params["minutes"] is None else timedelta(minutes=int(params["minutes"]))
        return super().execute(context)
