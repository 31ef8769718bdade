"""Runs one job of furnistream-jobs.jar as a task."""

from __future__ import annotations

import os
import re
import shlex
import signal
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from furnistream_jobs.days import BadRangeError, parse_day
from furnistream_jobs.process import Ended, JobProcess
from furnistream_jobs.result import Result

if TYPE_CHECKING:
    from airflow.sdk import Context

_DAY_OPTIONS = frozenset({"from", "to"})
_NUMBER_OPTIONS = frozenset({"records", "demand", "rate", "seed", "timeout"})
_PERCENT_OPTIONS = frozenset({"returns", "late", "duplicates", "corrections", "poison"})
_ALLOWANCES = frozenset({"allow-refused"})

#: A number of records, or a share of them, such as 0.5%.
ALLOWANCE = re.compile(r"[0-9]{1,18}|[0-9]{1,3}(\.[0-9]{1,9})?%", re.ASCII)
_FLAGS = frozenset({"drift", "live"})

#: How long a job runs at least that is asked to end after some time, in seconds: a try that starts when that is over
#: has time to complete what the try before it left behind. The second try has twice as long, and so on, since a machine
#: may be so busy that a job needs longer to start.
LEAST_SECONDS = 60.0

#: Tries, each of which has longer than the one before it.
_LONGER = 10


class JobOperator(BaseOperator):
    """Runs a job and shows its lines in the task's log.

    No shell and no template: the arguments are a list, made only of days, numbers and flags (ReplayOperator's also of
    names and paths, each of which it has checked). The job finds the stack by the environment variables FURNISTREAM_…,
    which it inherits; it does not see Airflow's own (AIRFLOW…, they hold secrets). FURNISTREAM_JAVA is the program
    (java unless set), FURNISTREAM_JOBS_JAR the jar, FURNISTREAM_JVM_OPTS further options of the JVM.

    If verify finds a difference, or usage or input is wrong, the task fails without retries; a job that ends otherwise
    (something does not answer, or has not caught up in time) is retried until the task's retries are used up. The
    error is the job's own words. A task that is marked (as failed or as success), times out or dies takes the job with
    it.

    A job that goes on until it is asked to end has done its work when ``stop_after`` is over. When Airflow ends its
    task, it has not, whatever its status: if a user has marked the task, Airflow keeps that mark; if Airflow itself is
    being stopped, the task is tried again.
    """

    template_fields = ()

    def __init__(
        self,
        *,
        job: str,
        options: Mapping[str, Any],
        heap_mb: int = 256,
        stop_after: timedelta | None = None,
        **kwargs,
    ) -> None:
        """Prepares the task.

        Args:
            job: the subcommand: generate, replay, rollup, verify or caught-up.
            options: values by name, without dashes: from and to (YYYY-MM-DD), records, demand, rate, seed and timeout
                (seconds), returns, late, duplicates, corrections and poison (percent), drift and live (true),
                allow-refused (a number or a percentage); or ranges, a list of from and to.
            heap_mb: what the job's heap may grow to, in MiB.
            stop_after: how long after the start of the run the job is asked to end, whatever try of the task runs it;
                None: it ends by itself.
            kwargs: of every operator.
        """
        super().__init__(**kwargs)
        self.job = job
        self.options = options
        self.heap_mb = heap_mb
        self.stop_after = stop_after
        self._process: JobProcess | None = None

    def execute(self, context: Context) -> Any:
        """Runs the job to its end, and returns what the next tasks are to know of it.

        Raises:
            AirflowFailException: a retry would not help.
            AirflowException: it may succeed on a retry.
        """
        with tempfile.TemporaryDirectory(prefix="furnistream-job-") as folder:
            file = Path(folder, "result.json")
            argv = self._argv(file)
            self.log.info(f"Running {shlex.join(argv)}")
            self._process = JobProcess(argv, _environment(), self.log.info)
            try:
                ended = self._process.run(self._seconds_left(context))
            except OSError as e:
                raise AirflowFailException(
                    f"Cannot start {self.job}: {e}. It needs setpriv (util-linux) and a Java 17, named by"
                    " FURNISTREAM_JAVA."
                ) from e
            result = Result.read(file)
        if ended.status == 0 and ended.stopped:
            raise AirflowException(
                f"{self.job} has ended in order, since Airflow ends its task. Marked by a person, the task keeps that"
                " mark; otherwise it is tried again, and goes on."
            )
        if ended.status != 0:
            error = _error(self.job, ended, result)
            self.log.error(error)
            differs = self.job == "verify" and result.outcome == "answer_is_no"
            final = differs or result.outcome in ("wrong_usage", "wrong_input")
            raise AirflowFailException(error) if final and not ended.stopped else AirflowException(error)
        return self._answer(result)

    def on_kill(self) -> None:
        """Ends the job: asks it to, and kills it some seconds later."""
        if self._process is not None:
            self._process.stop()

    def _seconds_left(self, context: Context) -> float | None:
        if self.stop_after is None:
            return None
        over = context["dag_run"].start_date + self.stop_after
        least = LEAST_SECONDS * min(context["ti"].try_number, _LONGER)
        return max(least, (over - datetime.now(UTC)).total_seconds())

    def _argv(self, result: Path) -> list[str]:
        jar = os.environ.get("FURNISTREAM_JOBS_JAR", "")
        if not Path(jar).is_file():
            raise AirflowFailException(
                f"FURNISTREAM_JOBS_JAR is {jar!r}, which is not a file: set it, for every component of Airflow, to the"
                " furnistream-jobs.jar that the build makes."
            )
        return [
            os.environ.get("FURNISTREAM_JAVA") or "java",
            f"-Xmx{int(self.heap_mb)}m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Duser.timezone=UTC",
            # Java does not use TMPDIR, and /tmp may be mounted noexec.
            f"-Djava.io.tmpdir={tempfile.gettempdir()}",
            *os.environ.get("FURNISTREAM_JVM_OPTS", "").split(),
            "-jar",
            jar,
            self.job,
            f"--result={result}",
            *self._arguments(),
        ]

    def _arguments(self) -> list[str]:
        """What follows the job's name."""
        ranges = self.options.get("ranges", [])
        single = {name: value for name, value in self.options.items() if name != "ranges"}
        return [_argument(name, value) for options in (*ranges, single) for name, value in sorted(options.items())]

    def _answer(self, result: Result) -> Any:
        """What the task returns of a job that is done."""
        return None


def _argument(name: str, value: object) -> str:
    """One argument, made only from a day or a number."""
    if name in _DAY_OPTIONS:
        try:
            return f"--{name}={parse_day(name, value).isoformat()}"
        except BadRangeError as e:
            raise AirflowFailException(str(e)) from e
    if name in _NUMBER_OPTIONS and isinstance(value, int) and not isinstance(value, bool):
        return f"--{name}={value:d}"
    if name in _PERCENT_OPTIONS and isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return f"--{name}={Decimal(str(value)):f}%"
    if name in _ALLOWANCES and isinstance(value, str) and ALLOWANCE.fullmatch(value):
        return f"--{name}={value}"
    if name in _FLAGS and value is True:
        return f"--{name}"
    raise AirflowFailException(f"{name} {value!r} is not an option of a job, or not a value that it takes.")


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "_AIRFLOW"))}
    # Java opens no file whose name the locale cannot spell.
    return {**inherited, "LC_ALL": "C.UTF-8"}


def _error(job: str, ended: Ended, result: Result) -> str:
    """What the job says is wrong first, then how it ended."""
    if ended.stopped:
        how = f"{job} was stopped before its end; it is safe to run it again."
    elif ended.status < 0:
        how = (
            f"{job} was ended by {signal.Signals(-ended.status).name}, for which the system's memory may be the cause."
        )
    else:
        how = f"{job} ended with exit status {ended.status}."
    return "\n".join([*(result.lines() if result.outcome else ended.last_errors), how])
