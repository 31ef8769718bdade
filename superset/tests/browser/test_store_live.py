"""The dashboard Store live, which refreshes by itself. Runs last: it sells something today."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from comparing import assert_shows_what_sql_says
from running_stack import PATIENCE, Stack
from running_superset import Dashboard, Pictures, Report, Superset, dollars
from waiting import wait

SLUG = "store-live"

#: How often each chart has asked before the test has seen enough.
ROUNDS = 4


def test_it_shows_what_sql_says(dashboard: Dashboard, stack: Stack, report: Report, pictures: Pictures) -> None:
    assert_shows_what_sql_says(dashboard, stack, report)
    pictures.take(dashboard)


def test_a_table_is_searched(dashboard: Dashboard, report: Report) -> None:
    ((order, count),) = report.rows(
        "SELECT order_id, count(*) FROM daily_report.recent_records GROUP BY order_id ORDER BY 2 DESC LIMIT 1"
    )
    table = dashboard.tile("The last 100 records")
    table.get_by_placeholder(re.compile("records")).fill(order)
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(count)
    expect(rows.filter(has_text=order)).to_have_count(count)
    table.get_by_placeholder(re.compile("records")).fill("")


def test_every_chart_asks_again_every_five_seconds_without_a_click(dashboard: Dashboard) -> None:
    def seen_enough() -> bool:
        dashboard.page.wait_for_timeout(200)  # the page's events are read meanwhile
        return all(len(times) >= ROUNDS for times in dashboard.asked_at.values())

    wait(seen_enough, PATIENCE, f"each chart has asked {ROUNDS} times: {dashboard.asked_at}")

    for title, times in dashboard.asked_at.items():
        # The first round is that of the opened page; on two busy cores, later ones may be many seconds late. How often
        # they are asked for is the dashboard's own setting, below.
        gaps = sorted(later - earlier for earlier, later in pairwise(times[1:]))
        assert 4 < gaps[0] < 60, f"{title} asks every {gaps} s"
        answer = dashboard.answer(title)
        assert answer["is_cached"] in (None, False), f"{title} was answered from a cache of {answer['cached_dttm']}"


def test_the_others_stand_still(superset: Superset) -> None:
    for each in superset.all("dashboard"):
        metadata = json.loads(superset.get(f"dashboard/{each['id']}")["result"]["json_metadata"])
        assert metadata["refresh_frequency"] == (5 if each["slug"] == "store-live" else 0), each["slug"]


def test_the_last_proof_appears_with_its_time_by_the_clock_in_the_store(
    dashboard: Dashboard, stack: Stack, report: Report
) -> None:
    ((day, zone),) = report.rows(
        """SELECT max(ts_date)::text, (SELECT zone FROM daily_report.store) FROM daily_report.daily_pu_rev
           WHERE ts_date < daily_report.store_today()"""
    )
    before = datetime.now(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)

    stack.command("verify", "--from", day, "--to", day)

    cells = dashboard.tile("Last proof").locator("tbody tr td")
    expect(cells.nth(2)).to_have_text(day, timeout=PATIENCE * 1000)
    expect(cells.nth(0)).to_have_text("Proved")
    expect(cells.nth(3)).to_have_text("none")
    shown = datetime.fromisoformat(cells.nth(1).inner_text())
    assert before <= shown <= datetime.now(ZoneInfo(zone)).replace(tzinfo=None)


def test_todays_sales_appear_without_a_reload(
    dashboard: Dashboard, superset: Superset, stack: Stack, report: Report
) -> None:
    ((today,),) = report.rows("SELECT daily_report.store_today()::text")
    # Other tests of the stack may have had live sales.
    ((before,),) = report.rows(
        "SELECT coalesce(sum(daily_records), 0)::int FROM daily_report.daily_pu_rev WHERE ts_date = %s", today
    )
    shown = dashboard.tile("The day shown")
    expect(shown).to_contain_text("Today, so far." if before else "Today has no sales yet")
    ledger = dashboard.tile("Ledger: has what was produced landed?")
    expect(ledger).to_contain_text("Produced = landed")

    stack.command("generate", "--from", today, "--to", today, "--records", "40", "--seed", "5")

    patience = PATIENCE * 1000
    expect(shown).to_contain_text("Today, so far.", timeout=patience)
    expect(dashboard.tile("Records").locator(".header-line")).to_have_text(f"{before + 40:,}", timeout=patience)
    expect(ledger).to_contain_text("Produced = landed", timeout=patience)
    ((revenue,),) = report.rows("SELECT daily_rev FROM daily_report.daily_pu_rev WHERE ts_date = %s", today)
    expect(dashboard.tile("Revenue")).to_contain_text(dollars(revenue), timeout=patience)

    (dataset,) = (each["id"] for each in superset.all("dataset") if each["table_name"] == "daily_customer")
    ranged = superset.ask(
        dataset, {"metrics": ["total_revenue"], "granularity": "ts_date", "time_range": "Current day"}
    )
    assert [f"{row['total_revenue']:.4f}" for row in ranged["data"]] == [str(revenue)]
