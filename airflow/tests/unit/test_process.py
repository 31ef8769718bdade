"""Lines of a job, however they arrive, and that no job outlives what started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from furnistream_jobs import process
from furnistream_jobs.process import JobProcess, LineSplitter
from waiting import wait

DAGS = Path(__file__).parents[2] / "dags"
Java = Callable[[str], Path]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_lines_do_not_depend_on_how_the_bytes_arrive(size: int) -> None:
    data = "one\r\ntwö\n\n\x1b[31mred\x1b[0m\rbar 1\rbar 2\r\nlast without an end".encode()
    splitter = LineSplitter()
    lines = [line for i in range(0, len(data), size) for line in splitter.feed(data[i : i + size])]
    assert lines + splitter.feed(b"") == ["one", "twö", "", "red", "bar 1", "bar 2", "last without an end"]


def test_a_line_without_end_is_cut_and_nothing_of_it_is_lost() -> None:
    splitter = LineSplitter()
    lines = []
    for _ in range(100):
        lines += splitter.feed(b"x" * 1000)
    lines += splitter.feed(b"")
    assert max(map(len, lines)) < 10_000
    assert sum(map(len, lines)) == 100_000


def test_bytes_that_are_not_text_do_not_stop_the_log() -> None:
    assert LineSplitter().feed(b"a\xff\xfeb\n") == ["a\ufffd\ufffdb"]


# A task as Airflow runs it: leader of a process group, SIGTERM stops the job, its parent is the supervisor.
TASK = """
import os, signal, sys
sys.path.insert(0, {dags!r})
from furnistream_jobs.process import JobProcess
job = JobProcess([os.environ["FURNISTREAM_JAVA"]], os.environ, print)
signal.signal(signal.SIGTERM, lambda *_: job.stop())
print(job.run(), file=sys.stderr)
"""


class Task:
    """A task in a process of its own, and the job that it has started."""

    def __init__(self, folder: Path) -> None:
        code = TASK.format(dags=str(DAGS))
        # The supervisor: prints the task's pid, and waits for it.
        supervisor = (
            "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', sys.argv[1]], start_new_session=True);"
            " print(p.pid, flush=True); sys.exit(p.wait())"
        )
        self.supervisor = subprocess.Popen(
            [sys.executable, "-c", supervisor, code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.pid = int(self.supervisor.stdout.readline())
        wait(lambda: (folder / "started").exists(), 20, "the job has started")
        self.job = pid_of(folder)

    def end(self) -> str:
        """Waits for the supervisor; what the task wrote to standard error."""
        return self.supervisor.communicate(timeout=20)[1]


def pid_of(folder: Path) -> int:
    return json.loads((folder / "started").read_text())["pid"]


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


FOREVER = "ready()\nwhile True: time.sleep(1)"
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FOREVER


@pytest.mark.parametrize("body", [FOREVER, DEAF])
def test_a_task_that_is_marked_failed_ends_its_job(java: Java, body: str) -> None:
    task = Task(java(body))
    os.kill(task.pid, signal.SIGTERM)
    wait(lambda: gone(task.job), 5, "the job is gone")
    assert "stopped=True" in task.end()


def test_a_task_that_is_killed_takes_its_job_with_it(java: Java) -> None:
    task = Task(java(DEAF))
    os.kill(task.pid, signal.SIGKILL)
    wait(lambda: gone(task.job), 2, "the job is gone")
    task.end()


@pytest.mark.parametrize("body", [FOREVER, DEAF])
def test_a_supervisor_that_is_killed_leaves_no_job(java: Java, body: str) -> None:
    task = Task(java(body))
    task.supervisor.kill()
    wait(lambda: gone(task.job) and gone(task.pid), 8, "job and task are gone")
    task.end()


def test_a_time_limit_ends_the_job(java: Java) -> None:
    folder = java(DEAF)

    class LimitError(BaseException):
        pass

    def limit(*_: object) -> None:
        raise LimitError

    before = signal.signal(signal.SIGALRM, limit)
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        with pytest.raises(LimitError):
            JobProcess([os.environ["FURNISTREAM_JAVA"]], os.environ, print).run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert gone(pid_of(folder))


@pytest.mark.parametrize(("body", "status"), [(FOREVER, -signal.SIGTERM), (DEAF, -signal.SIGKILL)])
def test_a_job_whose_time_is_over_is_asked_to_end_and_then_made_to(
    java: Java, monkeypatch: pytest.MonkeyPatch, body: str, status: int
) -> None:
    monkeypatch.setattr(process, "LAST_SECONDS", 1.0)
    folder = java(body)
    ended = JobProcess([os.environ["FURNISTREAM_JAVA"]], os.environ, print).run(stop_after=1.0)
    assert (ended.status, ended.stopped) == (status, False)
    assert gone(pid_of(folder))
