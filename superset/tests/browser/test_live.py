"""Store live refreshes automatically. Runs last: it sells something today."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from running_stack import PATIENCE, Stack
from running_superset import Dashboard, Report, Superset, dollars


def test_todays_first_sales_appear_without_a_reload(
    page: Page, superset: Superset, stack: Stack, report: Report
) -> None:
    dashboard = Dashboard(page, superset, "store-live")
    expect(dashboard.tile("The day shown")).to_contain_text("Today has no sales yet")
    ledger = dashboard.tile("Ledger: has what was produced landed?")
    expect(ledger).to_contain_text("Produced = landed")

    ((today,),) = report.rows("SELECT daily_report.store_today()::text")
    stack.command("generate", "--from", today, "--to", today, "--records", "40", "--seed", "5")

    patience = PATIENCE * 1000
    expect(dashboard.tile("The day shown")).to_contain_text("Today, so far.", timeout=patience)
    expect(dashboard.tile("Records").locator(".header-line")).to_have_text("40", timeout=patience)
    expect(ledger).to_contain_text("Produced = landed", timeout=patience)
    ((revenue,),) = report.rows("SELECT daily_rev FROM daily_report.daily_pu_rev WHERE ts_date = %s", today)
    expect(dashboard.tile("Revenue")).to_contain_text(dollars(revenue), timeout=patience)

    (dataset,) = (each["id"] for each in superset.all("dataset") if each["table_name"] == "daily_customer")
    ranged = superset.ask(
        dataset, {"metrics": ["total_revenue"], "granularity": "ts_date", "time_range": "Current day"}
    )
    assert [f"{row['total_revenue']:.4f}" for row in ranged["data"]] == [str(revenue)]
