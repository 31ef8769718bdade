-- daily_pu_rev: the totals of each day; a sale without a profit adds none.
SELECT of_day,
  count(*) AS daily_records,
  count(DISTINCT customer_id) AS daily_pu,
  count(DISTINCT order_id) AS daily_orders,
  sum(quantity) AS daily_quantity,
  sum(revenue) AS daily_rev,
  coalesce(sum(profit), 0) AS daily_profit
FROM sold GROUP BY of_day
