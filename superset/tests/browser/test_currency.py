"""Money is written in the store's currency, with its symbol and its decimals, wherever a dashboard shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from running_stack import Stack
from running_superset import Dashboard, Report, Superset, another_server, rounded


def test_a_store_in_yen_shows_yen(
    page: Page, superset: Superset, stack: Stack, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = stack.secrets["REPORT_READER_PASSWORD"]
    monkeypatch.setenv("FURNISTREAM_STORE_CURRENCY", "JPY")
    stack.command("dashboards", "build", "--output", str(tmp_path / "yen.zip"))
    superset.load((tmp_path / "yen.zip").read_bytes(), password)
    try:
        with another_server(stack, FURNISTREAM_STORE_CURRENCY="JPY") as url, Superset(stack, url) as yen:
            dashboard = Dashboard(page, yen, "store-live")
            ((revenue, latest),) = report.rows(
                """SELECT daily_rev, (SELECT revenue FROM daily_report.recent_records WHERE position = 1)
                     FROM daily_report.daily_pu_rev JOIN daily_report.live_day USING (ts_date)"""
            )
            # A big number, and a cell of a table; axes and what stands above bars are on canvases.
            expect(dashboard.tile("Revenue").locator(".header-line")).to_have_text(f"¥{rounded(revenue, '1'):,}")
            first = dashboard.tile("The last 100 records").locator("tbody tr").first
            expect(first.locator("td").nth(-2)).to_have_text(f"¥{rounded(latest, '1'):,}")
            assert re.search(r"\$\d", page.inner_text("body")) is None
    finally:
        superset.load((stack.state / "superset" / "dashboards.zip").read_bytes(), password)
