"""What each chart must answer, asked of PostgreSQL with other queries than Superset's.

A column of an answer is compared with the column of the same name. Charts of closed days are compared with the same
days in PostgreSQL: the files come from Cassandra by the rollup, the tables by way of Kafka and the aggregates.
"""

from __future__ import annotations

LIVE = "(SELECT max(ts_date) FROM daily_report.live_kpis WHERE ts_date <= daily_report.store_today())"
#: Days of which a manifest lies in the export folder: the queries' one value.
CLOSED = "ts_date = ANY(%s::date[])"
_MINUTES = f"""daily_report.sales_by_minute CROSS JOIN daily_report.store
  WHERE (minute AT TIME ZONE zone)::date = {LIVE}"""


def _day(figure: str, name: str) -> str:
    return f"""SELECT (extract(epoch FROM ts_date) * 1000)::bigint AS ts_date, {figure} AS {name}
      FROM daily_report.daily_pu_rev"""


def _products(figure: str, name: str) -> str:
    return f"""SELECT product_name, sum({figure}) AS {name}
      FROM daily_report.daily_category_product WHERE {CLOSED} GROUP BY product_name"""


def _live(figure: str, by: str) -> str:
    return f"SELECT {by}, sum({figure}) AS total_{figure} FROM {_MINUTES} GROUP BY {by}"


#: By dashboard, then by title.
QUERIES: dict[str, dict[str, str]] = {
    "daily-report": {
        "Paying customers, latest day": _day("daily_pu", "customers"),
        "Revenue, latest day": _day("daily_rev", "total_revenue"),
        "Profit, latest day": _day("daily_profit", "total_profit"),
        "Revenue by category": """SELECT category, sum(daily_rev) AS total_revenue
            FROM daily_report.daily_category_product GROUP BY category""",
        "Customers by area, the first 15": """SELECT state, count(*) AS customers
            FROM (SELECT DISTINCT state, customer_id FROM daily_report.daily_customer) AS each GROUP BY state""",
        "Products by quantity": _products("daily_quantity", "pieces"),
        "Products by revenue": _products("daily_rev", "total_revenue"),
        "Products by profit": _products("daily_profit", "total_profit"),
        # Which places; how many customers each has over several days, the tables do not know.
        "Where customers live": f"""SELECT DISTINCT latitude, longitude, city
            FROM daily_report.daily_address WHERE {CLOSED}""",
    },
    "store-live": {
        "Records": f"SELECT daily_records AS day_records FROM daily_report.daily_pu_rev WHERE ts_date = {LIVE}",
        "Customers": f"""SELECT count(DISTINCT customer_id) AS day_customers
            FROM daily_report.daily_customer WHERE ts_date = {LIVE}""",
        "Products": f"""SELECT count(DISTINCT product_id) AS day_products
            FROM daily_report.daily_platform_product WHERE ts_date = {LIVE}""",
        "Revenue": f"SELECT sum(revenue) AS day_revenue FROM daily_report.daily_state WHERE ts_date = {LIVE}",
        "Average order": f"""SELECT round(daily_rev / daily_orders, 4) AS day_average_order
            FROM daily_report.daily_pu_rev WHERE ts_date = {LIVE}""",
        "Revenue by minute, by platform": f"""SELECT platform, sum(revenue) AS total_revenue,
            (extract(epoch FROM minute AT TIME ZONE zone) * 1000)::bigint AS minute FROM {_MINUTES}
            GROUP BY platform, minute, zone HAVING sum(revenue) <> 0""",
        "Revenue by platform": f"""SELECT platform, sum(sales) AS total_revenue
            FROM daily_report.daily_platform_product WHERE ts_date = {LIVE} GROUP BY platform""",
        "Revenue by area, the first 15": f"""SELECT state, sum(revenue) AS total_revenue
            FROM daily_report.daily_customer WHERE ts_date = {LIVE} GROUP BY state""",
        "Top ten products by revenue": f"""SELECT product_name, daily_rev AS total_revenue
            FROM daily_report.daily_category_product WHERE ts_date = {LIVE}""",
        "The last 100 records": """SELECT position, order_id, customer_id, product_name, city, revenue, profit
            FROM daily_report.recent_records""",
        "Ledger: has what was produced landed?": """SELECT
            (SELECT sum(records) FROM daily_report.run_ledger)::bigint AS produced,
            (SELECT sum(orders_lines) FROM (SELECT sum(daily_records) AS orders_lines
               FROM daily_report.daily_pu_rev GROUP BY ts_date) AS days)::bigint AS landed""",
        "Last proof": """SELECT coalesce(to_char(max(proved_at) AT TIME ZONE (SELECT zone FROM
            daily_report.store), 'YYYY-MM-DD HH24:MI:SS'), '-') AS proved_at FROM daily_report.proofs""",
        "The day shown": f"SELECT to_char({LIVE}, 'FMDay, FMDD FMMonth YYYY') AS day_shown",
    },
    "sales-and-profit": {
        "The day shown": f"SELECT to_char({LIVE}, 'FMDay, FMDD FMMonth YYYY') AS day_shown",
        "Total sales, day shown": f"""SELECT daily_rev AS total_revenue
            FROM daily_report.daily_pu_rev WHERE ts_date = {LIVE}""",
        "Total profit, day shown": f"""SELECT daily_profit AS total_profit
            FROM daily_report.daily_pu_rev WHERE ts_date = {LIVE}""",
        "Sales by category, day shown": f"""SELECT category, sum(daily_rev) AS total_revenue
            FROM daily_report.daily_category_product WHERE ts_date = {LIVE} GROUP BY category""",
        "Profit by category, day shown": f"""SELECT category, sum(daily_profit) AS total_profit
            FROM daily_report.daily_category_product WHERE ts_date = {LIVE} GROUP BY category""",
        "Sales by platform, day shown": _live("revenue", "platform"),
        "Profit by platform, day shown": f"""SELECT platform, sum(profit) AS total_profit
            FROM daily_report.daily_platform_product WHERE ts_date = {LIVE} GROUP BY platform""",
        "Sales and profit by month": """SELECT to_char(ts_date, 'YYYY-MM') AS month, sum(daily_rev) AS total_revenue,
            sum(daily_profit) AS total_profit FROM daily_report.daily_pu_rev GROUP BY 1""",
        "Sales and profit by year": """SELECT to_char(ts_date, 'YYYY') AS year, sum(daily_rev) AS total_revenue,
            sum(daily_profit) AS total_profit FROM daily_report.daily_pu_rev GROUP BY 1""",
        "Top ten products of each month": """SELECT month, product_name, revenue FROM (
            SELECT to_char(ts_date, 'YYYY-MM') AS month, product_name, sum(daily_rev) AS revenue,
                   row_number() OVER (PARTITION BY to_char(ts_date, 'YYYY-MM') ORDER BY sum(daily_rev) DESC,
                     category COLLATE "C", sub_category COLLATE "C", product_name COLLATE "C") AS place
              FROM daily_report.daily_category_product GROUP BY 1, 2, category, sub_category) AS ranked
            WHERE place <= 10""",
        "Revenue by weekday and month, closed days": f"""SELECT to_char(ts_date, 'YYYY-MM') AS month,
            to_char(ts_date, 'ID FMDay') AS weekday, sum(daily_rev) AS total_revenue
            FROM daily_report.daily_pu_rev WHERE {CLOSED} GROUP BY 1, 2""",
        "Customers by city, closed days": f"""SELECT DISTINCT latitude, longitude, city
            FROM daily_report.daily_address WHERE {CLOSED}""",
    },
}

#: Charts that show only the largest: how many, by which figure. Among equals, any may be shown.
LARGEST = {
    "Customers by area, the first 15": (15, "customers"),
    "Revenue by area, the first 15": (15, "total_revenue"),
    "Top ten products by revenue": (10, "total_revenue"),
}
#: Charts that show hours without sales as zero, to have the whole day on their axis: their figure.
FILLED = {"Revenue by minute, by platform": "total_revenue"}
#: Charts whose answers to a page have a column for each value of a column: axis, that column, and the figure.
SPREAD = {"Revenue by minute, by platform": ("minute", "platform", "total_revenue")}
