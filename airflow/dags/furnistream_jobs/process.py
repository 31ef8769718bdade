"""A job of the command line as a child process: passes on its lines, and makes sure that it ends."""

from __future__ import annotations

import codecs
import os
import re
import selectors
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

#: How long a job may take to end once it was asked to, in seconds; then it is killed. Less than the five seconds that
#: Airflow gives a task before it kills that.
GRACE_SECONDS = 3.0

#: The same for a job whose time is over: only its own work waits for it.
LAST_SECONDS = 15.0

_TICK_SECONDS = 0.5
_READ_BYTES = 65_536

#: Characters of a line; a longer one is split.
_MAX_LINE = 8_192

#: Lines of standard error that are kept.
_MAX_ERROR_LINES = 10

_LINE_END = re.compile(r"\r\n|\r|\n")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class LineSplitter:
    """Makes lines from bytes as they arrive. A carriage return ends a line too: progress bars write them."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest = ""

    def feed(self, data: bytes) -> list[str]:
        """The lines that these bytes complete. No bytes: the end, which completes the last."""
        text = self._rest + self._decoder.decode(data, final=not data)
        if data and text.endswith("\r"):  # its line feed may come with the next bytes
            text, held = text[:-1], "\r"
        else:
            held = ""
        *whole, rest = _LINE_END.split(text)
        if (not data and rest) or len(rest) > _MAX_LINE:
            whole.append(rest)
            rest = ""
        self._rest = rest + held
        cut = (line[i : i + _MAX_LINE] for line in whole for i in range(0, len(line) or 1, _MAX_LINE))
        return [_COLOUR.sub("", part).rstrip() for part in cut]


@dataclass
class Ended:
    """How a job ended.

    Attributes:
        status: its exit status; negative: the signal that ended it.
        last_errors: the last lines of standard error, for a job that had no time to write its result.
        stopped: it was asked to stop before it ended, by whoever ends its task.
    """

    status: int
    last_errors: deque[str] = field(default_factory=lambda: deque(maxlen=_MAX_ERROR_LINES))
    stopped: bool = False


class JobProcess:
    """One run of a job, to be used once, from the main thread.

    The child stays in the process group of the task, which Airflow signals as a whole. That alone is not enough: it
    also ends when the process that started it is killed (setpriv asks the kernel for that), and when that process has
    lost its parent, Airflow's supervisor of the task.
    """

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
        """Prepares a run.

        Args:
            argv: program and arguments; no shell ever sees them.
            environment: all environment variables of the child.
            on_line: takes each line that the job writes, without its end.
        """
        # The signal at the parent's death is tied to the thread that forks: Airflow runs tasks in the main thread.
        self._argv = ["setpriv", "--pdeathsig", "KILL", "--", *argv]
        self._environment = dict(environment)
        self._on_line = on_line
        self._ended = Ended(status=-1)
        self._process: subprocess.Popen[bytes] | None = None
        self._stop_at: float | None = None
        self._kill_at: float | None = None

    def run(self, stop_after: float | None = None) -> Ended:
        """Runs the job to its end. The job has ended after this, even if something is raised, such as a time limit.

        Args:
            stop_after: seconds after which the job is asked to end, for one that goes on until it is; None: never.

        Raises:
            OSError: it cannot be started.
        """
        parent = os.getppid()
        self._stop_at = None if stop_after is None else time.monotonic() + stop_after
        self._process = subprocess.Popen(  # noqa: S603 - a list, and the operator makes it only from typed values
            self._argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment,
        )
        try:
            if self._ended.stopped:  # between the request to stop and the start
                self._process.terminate()
            self._pump(self._process, parent)
        finally:
            self._end(self._process)
        self._ended.status = self._process.returncode
        return self._ended

    def stop(self) -> None:
        """Asks the job to end, and kills it after GRACE_SECONDS. Returns at once; safe in a signal handler."""
        if not self._ended.stopped:
            self._ended.stopped = True
            self._ask_to_end(GRACE_SECONDS)

    def _ask_to_end(self, grace: float) -> None:
        kill_at = time.monotonic() + grace
        self._kill_at = kill_at if self._kill_at is None else min(kill_at, self._kill_at)
        self._stop_at = None
        if self._process is not None:
            self._process.terminate()

    def _pump(self, process: subprocess.Popen[bytes], parent: int) -> None:
        """Passes on what the job writes until it has ended. The task's own time limit bounds this."""
        splitters = {process.stdout: LineSplitter(), process.stderr: LineSplitter()}
        with selectors.DefaultSelector() as selector:
            for stream in splitters:
                selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select(_TICK_SECONDS):
                    data = os.read(key.fd, _READ_BYTES)
                    for line in splitters[key.fileobj].feed(data):
                        self._line(line, is_error=key.fileobj is process.stderr)
                    if not data:
                        selector.unregister(key.fileobj)
                self._watch(process, parent)
        while True:  # it has closed its output, and ends in a moment
            with suppress(subprocess.TimeoutExpired):
                process.wait(_TICK_SECONDS)
                return
            self._watch(process, parent)

    def _watch(self, process: subprocess.Popen[bytes], parent: int) -> None:
        if os.getppid() != parent and not self._ended.stopped:
            self._on_line("Airflow's supervisor of this task is gone: the job is stopped.")
            self.stop()
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self._ask_to_end(LAST_SECONDS)
        if self._kill_at is not None and time.monotonic() >= self._kill_at:
            process.kill()

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()
        process.stderr.close()

    def _line(self, line: str, *, is_error: bool) -> None:
        if line:
            self._on_line(line)
            if is_error:
                self._ended.last_errors.append(line)
