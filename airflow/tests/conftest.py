"""The real stack for those tests that ask for it: started once, as a person starts it, and stopped at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from running_stack import Airflow, Report, Stack


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stack", type=Path, help="state folder of a stack that is up, to test against; tests/teardown stops it"
    )
    parser.addoption("--stack-port-offset", type=int, default=12_000, help="port offset of the stack")
    parser.addoption("--screenshots", type=Path, help="folder for pictures of the pages, for the guide")


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """A stack of profile full."""
    offset = request.config.getoption("--stack-port-offset")
    if given := request.config.getoption("--stack"):
        yield Stack(given, offset)
        return
    folder = Path(tempfile.mkdtemp(prefix="furnistream-airflow-"))
    folder.chmod(0o755)  # PostgreSQL's user must be able to enter it
    stack = Stack(folder / "state", offset)
    failed = request.session.testsfailed
    try:
        stack.command("up", "--profile", "full")
        yield stack
    finally:
        stack.command("down")
        if request.session.testsfailed == failed:  # else its logs are needed
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def airflow(stack: Stack) -> Iterator[Airflow]:
    """Airflow's REST API, signed in."""
    with Airflow(stack) as airflow:
        yield airflow


@pytest.fixture(scope="session")
def report(stack: Stack) -> Iterator[Report]:
    """The reporting database."""
    with Report(stack) as report:
        yield report
