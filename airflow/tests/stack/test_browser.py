"""A person's way through Airflow's pages, in a real browser: sign in, fill the form, watch the run, read a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from running_stack import PATIENCE, Airflow, Report, Run, Stack
from waiting import wait

expect.set_options(timeout=60_000)
CHROMIUM = Path("/usr/bin/chromium")
VIEWPORT = {"width": 1400, "height": 900}
DAY = {"start_date": "2023-07-03", "end_date": "2023-07-05", "records_per_day": 150, "seed": 29}


@pytest.fixture
def page() -> Iterator[Page]:
    assert CHROMIUM.exists(), "The tests of pages need a browser: apt-get install --no-install-recommends chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport=VIEWPORT)
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


def sign_in(page: Page, airflow: Airflow, dag: str) -> Locator:
    """Opens the form of a DAG."""
    page.goto(f"{airflow.url}/dags/{dag}")
    page.get_by_label("Username").fill("admin")
    page.locator("input[type=password]").fill(airflow.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Trigger").click()
    return page.get_by_role("dialog")


def triggered(airflow: Airflow, dag: str, before: set[str]) -> Run:
    """Waits for the run that a form has started."""

    def started() -> Run | None:
        return next((run for run in airflow.runs(dag) if run.id not in before), None)

    return wait(started, PATIENCE, "the form has started a run", 0.5)


def test_a_person_generates_days_and_reads_how_it_went(
    page: Page, picture: Callable[[str], None], airflow: Airflow, report: Report
) -> None:
    form = sign_in(page, airflow, "fake_data")
    before = {run.id for run in airflow.runs("fake_data")}
    for name in DAY:
        expect(form.get_by_text(re.compile(f"^{name}")).first).to_be_visible()
    expect(form.locator("[name=element_records_per_day]")).to_have_value("500")
    expect(form.locator("[name=element_seed]")).to_have_value("1")
    for name, value in DAY.items():
        form.locator(f"[name=element_{name}]").fill(str(value))
    page.keyboard.press("Tab")
    page.set_viewport_size({"width": 1400, "height": 1300})  # the form from its title on
    form.get_by_text("Trigger Dag").scroll_into_view_if_needed()
    picture("form")
    page.set_viewport_size(VIEWPORT)
    form.get_by_role("button", name="Trigger", exact=True).click()

    run = triggered(airflow, "fake_data", before)
    assert {name: run.info["conf"][name] for name in DAY} == DAY
    page.goto(f"{airflow.url}/dags/fake_data/runs/{run.id}")
    tasks = page.get_by_test_id("table-list").locator("tbody tr")
    for state in ("Success", "Skipped"):  # plan, generate, announce; a day each that is there to be cleared
        expect(tasks.filter(has_text=re.compile(state, re.IGNORECASE))).to_have_count(3, timeout=PATIENCE * 1000)
    expect(tasks).to_have_count(6)
    run.await_end()
    expect(page.get_by_text("Running", exact=True)).to_have_count(0)
    picture("run")

    page.goto(f"{airflow.url}/dags/fake_data/runs/{run.id}/tasks/generate/mapped/0")
    expect(page.get_by_text("Generating: 450 of 450 records")).to_be_visible()
    expect(page.get_by_text("2023-07-04 complete: 150 records")).to_be_visible()
    picture("log")
    days = {"2023-07-03": 150, "2023-07-04": 150, "2023-07-05": 150}
    wait(lambda: report.records("2023-07-01", "2023-07-31") == days, PATIENCE, "exactly these days have landed", 0.5)


def test_the_form_offers_what_is_in_the_inbox_and_what_is_gone_by_then_is_refused_in_words(
    page: Page, picture: Callable[[str], None], stack: Stack, airflow: Airflow
) -> None:
    names = ["my-shop-2016.csv", "my-shop-2017.csv"]
    for name in names:
        (stack.inbox / name).write_text("Day,Item,Pieces,Total\n")
    (stack.inbox / "my-shop.yaml").write_text("key: all_columns\n")

    def offered() -> bool:
        schema = {name: param["schema"] for name, param in airflow.get("/dags/replay_csv/details")["params"].items()}
        return set(names) <= set(schema["files"]["examples"]) and "my-shop" in schema["mapping"]["examples"]

    wait(offered, 60, "the form offers what was put there", 0.5)
    form = sign_in(page, airflow, "replay_csv")
    before = {run.id for run in airflow.runs("replay_csv")}
    for name in names:
        form.locator("#element_files").click()
        page.get_by_role("option", name=name).click()
    form.locator("[name=element_mapping]").fill("my-shop")
    page.keyboard.press("Tab")
    expect(form.get_by_text("This field is required")).to_have_count(0)
    picture("replay")
    (stack.inbox / names[1]).unlink()
    form.get_by_role("button", name="Trigger", exact=True).click()

    run = triggered(airflow, "replay_csv", before).await_end("failed")
    assert {name: run.info["conf"][name] for name in ("files", "mapping")} == {"files": names, "mapping": "my-shop"}
    assert any(line.startswith(f"There is no file '{names[1]}' in the inbox") for line in run.log("plan"))
    assert run.states("plan") == ["failed"]


def test_a_person_starts_sales_of_now_and_stops_them_by_the_page_of_the_run(
    page: Page, picture: Callable[[str], None], stack: Stack, airflow: Airflow
) -> None:
    form = sign_in(page, airflow, "live_sales")
    before = {run.id for run in airflow.runs("live_sales")}
    expect(form.locator("[name=element_rate]")).to_have_value("50")
    picture("live")
    form.locator("[name=element_rate]").fill("5")
    form.locator("[name=element_seed]").fill("103")
    page.keyboard.press("Tab")
    form.get_by_role("button", name="Trigger", exact=True).click()

    run = triggered(airflow, "live_sales", before)
    wait(lambda: stack.jobs("generate", "--live", "--seed=103"), PATIENCE, "the job has started", 0.5)
    page.goto(f"{airflow.url}/dags/live_sales/runs/{run.id}")
    page.get_by_role("button", name="Mark Dag Run as").click()
    page.get_by_role("menuitem", name="Success").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    wait(lambda: not stack.jobs("generate", "--live", "--seed=103"), 10, "the job is gone", 0.1)
    run.await_end("success")
