"""Money is written in the store's currency, with its symbol and its decimals, wherever a dashboard shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comparing import closed_days
from expected import QUERIES
from running_stack import Stack
from running_superset import Dashboard, Report, Superset, another_server, rounded


def test_a_store_in_yen_shows_yen(
    page: Page, superset: Superset, stack: Stack, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = stack.secrets["REPORT_READER_PASSWORD"]
    ((revenue,),) = report.rows("SELECT daily_rev FROM daily_report.daily_pu_rev ORDER BY ts_date DESC LIMIT 1")
    ((_, most),) = report.rows(
        QUERIES["daily-report"]["Products by revenue"] + " ORDER BY 2 DESC LIMIT 1", closed_days(stack)
    )
    monkeypatch.setenv("FURNISTREAM_STORE_CURRENCY", "JPY")
    with another_server(stack, FURNISTREAM_STORE_CURRENCY="JPY") as await_url:
        stack.command("dashboards", "build", "--output", str(tmp_path / "yen.zip"))
        superset.load((tmp_path / "yen.zip").read_bytes(), password)
        try:
            with Superset(stack, await_url()) as yen:
                dashboard = Dashboard(page, yen, "daily-report")
                # A big number, and a cell of a table; axes and what stands above bars are on canvases.
                number = dashboard.tile("Revenue, latest day").locator(".header-line")
                expect(number).to_have_text(f"¥{rounded(revenue, '1'):,}")
                first = dashboard.tile("Products by revenue").locator("tbody tr").first
                expect(first.locator("td").nth(-1)).to_have_text(f"¥{rounded(most, '1'):,}")
                assert re.search(r"\$\d", page.inner_text("body")) is None
        finally:
            superset.load((stack.state / "superset" / "dashboards.zip").read_bytes(), password)
