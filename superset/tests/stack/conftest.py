"""The stack whose files are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stack", type=Path, required=True, help="state folder of a stack that has closed days")
    parser.addoption("--stack-port-offset", type=int, default=0, help="taken as by the other tests; no port is asked")


@pytest.fixture
def export(request: pytest.FixtureRequest) -> Path:
    """The folder of the closed days."""
    return request.config.getoption("--stack") / "export"
