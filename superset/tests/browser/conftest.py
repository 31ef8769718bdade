"""Superset of a stack that runs, in a real browser and through its REST API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

import abroad
from running_stack import Stack
from running_superset import BROWSER, CHROMIUM, PATIENCE, Dashboard, Pictures, Report, Superset, sign_in

expect.set_options(timeout=PATIENCE * 1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stack", type=Path, required=True, help="state folder of a stack of profile full that is up")
    parser.addoption("--stack-port-offset", type=int, default=0, help="port offset of the stack")
    parser.addoption("--screenshots", type=Path, help="folder for pictures of the dashboards, for the guide")


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> Stack:
    """The stack that is up."""
    return Stack(request.config.getoption("--stack"), request.config.getoption("--stack-port-offset"))


@pytest.fixture(scope="session", autouse=True)
def _days(
    stack: Stack, report: Report, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    """Days of years before in other countries, closed, on which customers come back; unless there are."""
    # The guide's pictures are of a demo alone.
    if request.config.getoption("--screenshots"):
        return
    if not report.rows("SELECT 1 FROM daily_report.daily_pu_rev WHERE ts_date = %s", abroad.FIRST):
        file = tmp_path_factory.mktemp("abroad") / "sales.csv"
        file.write_text(abroad.csv(), encoding="utf-8")
        stack.command("replay", "--mapping", "superstore", "--dataset", "abroad", str(file))
        stack.command("caught-up")
        stack.command("rollup", "--from", abroad.FIRST, "--to", abroad.LAST)


@pytest.fixture(scope="session")
def superset(stack: Stack) -> Iterator[Superset]:
    """Superset's REST API, signed in."""
    with Superset(stack) as superset:
        yield superset


@pytest.fixture(scope="session")
def report(stack: Stack) -> Iterator[Report]:
    """The reporting database."""
    with Report(stack) as report:
        yield report


@pytest.fixture(scope="session")
def browser(superset: Superset) -> Iterator[BrowserContext]:
    """The browser of somebody who has signed in."""
    assert CHROMIUM.exists(), "The tests of pages need a browser: apt-get install --no-install-recommends chromium"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(**BROWSER)
        browser = program.new_context(viewport={"width": 1600, "height": 1100})
        browser.set_default_timeout(60_000)
        with browser.new_page() as page:
            sign_in(page, superset)
        yield browser
        program.close()


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page of its own, for a test that changes what it shows."""
    with browser.new_page() as page:
        yield page


@pytest.fixture(scope="module")
def dashboard(browser: BrowserContext, superset: Superset, request: pytest.FixtureRequest) -> Iterator[Dashboard]:
    """The dashboard ``SLUG`` of a module, open for all its tests that only look: to open one takes longest."""
    with browser.new_page() as page:
        yield Dashboard(page, superset, request.module.SLUG)


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Pictures:
    """Takes the guide's pictures, if they are asked for."""
    return Pictures(request.config.getoption("--screenshots"))
