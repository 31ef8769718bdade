"""A person's way through Airflow's pages, in a real browser: sign in, fill the form, watch the run, read a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from running_stack import PATIENCE, Airflow, Report, Run
from waiting import wait

expect.set_options(timeout=60_000)
CHROMIUM = Path("/usr/bin/chromium")
DAY = {"start_date": "2023-07-03", "end_date": "2023-07-05", "records_per_day": 150, "seed": 29}


@pytest.fixture
def page() -> Iterator[Page]:
    assert CHROMIUM.exists(), "The tests of pages need a browser: apt-get install --no-install-recommends chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        yield page
        browser.close()


@pytest.fixture
def picture(request: pytest.FixtureRequest, page: Page) -> Callable[[str], None]:
    """Takes a picture of the page, when pictures are wanted."""
    folder: Path | None = request.config.getoption("--screenshots")

    def take(name: str) -> None:
        if folder:
            page.screenshot(path=folder / f"airflow-{name}.png")

    return take


def test_a_person_generates_days_and_reads_how_it_went(
    page: Page, picture: Callable[[str], None], airflow: Airflow, report: Report
) -> None:
    page.goto(f"{airflow.url}/dags/fake_data")
    page.get_by_label("Username").fill("admin")
    page.locator("input[type=password]").fill(airflow.password)
    page.get_by_role("button", name="Sign in").click()

    before = {run.id for run in airflow.runs("fake_data")}
    page.get_by_role("button", name="Trigger").click()
    form = page.get_by_role("dialog")
    for name in DAY:
        expect(form.get_by_text(re.compile(f"^{name}")).first).to_be_visible()
    expect(form.locator("[name=element_records_per_day]")).to_have_value("500")
    expect(form.locator("[name=element_seed]")).to_have_value("1")
    for name, value in DAY.items():
        form.locator(f"[name=element_{name}]").fill(str(value))
    page.keyboard.press("Tab")
    picture("form")
    form.get_by_role("button", name="Trigger", exact=True).click()

    def triggered() -> Run | None:
        return next((run for run in airflow.runs("fake_data") if run.id not in before), None)

    run = wait(triggered, PATIENCE, "the form has started a run", 0.5)
    assert run.info["conf"] == DAY
    page.goto(f"{airflow.url}/dags/fake_data/runs/{run.id}")
    tasks = page.get_by_test_id("table-list").locator("tbody tr")
    expect(tasks.filter(has_text=re.compile("Success", re.IGNORECASE))).to_have_count(5, timeout=PATIENCE * 1000)
    expect(tasks).to_have_count(5)
    run.await_end()
    expect(page.get_by_text("Running", exact=True)).to_have_count(0)
    picture("run")

    page.goto(f"{airflow.url}/dags/fake_data/runs/{run.id}/tasks/generate/mapped/1")
    expect(page.get_by_text("Generating: 150 of 150 records")).to_be_visible()
    picture("log")
    run.closes()
    assert report.records("2023-07-01", "2023-07-31") == {"2023-07-03": 150, "2023-07-04": 150, "2023-07-05": 150}
