"""How fast the dashboards answer and are drawn, over what a running stack holds; ends with 1 when too slow.

Superset is asked past its cache, as a refresh does. Warm means that each question was asked twice before.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).parents[1]
sys.path += [str(CHECKOUT / "superset/tests/browser"), str(CHECKOUT / "airflow/tests")]

from playwright.sync_api import Page, Request, Response, sync_playwright  # noqa: E402
from running_stack import Stack  # noqa: E402
from running_superset import BROWSER, Dashboard, Superset, sign_in  # noqa: E402

ROUNDS = 5
LARGEST_ANSWER = 0.5
LARGEST_ALL_ANSWERS = 4.0
LARGEST_DRAWN = 15.0


def measure(stack: Stack) -> bool:
    """Prints a line a chart and a dashboard, and tells whether all kept within their limits."""
    fast = True
    with Superset(stack) as superset, sync_playwright() as playwright:
        print("| chart | median of 5 | slowest |\n|---|---|---|")
        slugs = sorted(each["slug"] for each in superset.all("dashboard"))
        for slug in slugs:
            for number, chart in superset.charts(slug).items():
                for _ in range(2):
                    answer_seconds(superset, number)
                times = sorted(answer_seconds(superset, number) for _ in range(ROUNDS))
                fast &= median(times) <= LARGEST_ANSWER
                print(f"| {slug}: {chart['slice_name']} | {median(times) * 1000:.0f} ms | {times[-1] * 1000:.0f} ms |")
        browser = playwright.chromium.launch(**BROWSER)
        page = browser.new_page(viewport={"width": 1600, "height": 1100})
        page.set_default_timeout(60_000)
        sign_in(page, superset)
        print("\n| dashboard | all answers | drawn |\n|---|---|---|")
        for slug in slugs:
            opened = sorted(open_seconds(page, superset, slug) for _ in range(3))
            answers, drawn = (median(column) for column in zip(*opened, strict=True))
            fast &= answers <= LARGEST_ALL_ANSWERS and drawn <= LARGEST_DRAWN
            print(f"| {slug} | {answers:.1f} s | {drawn:.1f} s |")
        browser.close()
    return fast


def answer_seconds(superset: Superset, chart: int) -> float:
    start = time.monotonic()
    answer = superset.chart_data(chart)
    assert answer["error"] is None, answer["error"]
    assert answer["rowcount"] > 0, chart
    return time.monotonic() - start


def open_seconds(page: Page, superset: Superset, slug: str) -> tuple[float, float]:
    """From the first question to the last answer, and from the address typed to the last chart drawn."""
    asked: list[float] = []
    answered: list[float] = []

    def note_request(request: Request) -> None:
        if "/api/v1/chart/data" in request.url:
            asked.append(time.monotonic())

    def note_answer(response: Response) -> None:
        if "/api/v1/chart/data" in response.url:
            answered.append(time.monotonic())

    page.on("request", note_request)
    page.on("response", note_answer)
    start = time.monotonic()
    Dashboard(page, superset, slug)
    drawn = time.monotonic() - start
    page.remove_listener("request", note_request)
    page.remove_listener("response", note_answer)
    return max(answered) - min(asked), drawn


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path, help="state folder of a stack of profile full that is up")
    parser.add_argument("port_offset", type=int, help="its port offset")
    arguments = parser.parse_args()
    sys.exit(0 if measure(Stack(arguments.state, arguments.port_offset)) else 1)
