-- daily_state: the totals of each state or region on each day.
SELECT of_day, country, state,
  count(DISTINCT customer_id) AS customers,
  count(DISTINCT order_id) AS orders,
  sum(revenue) AS revenue,
  coalesce(sum(profit), 0) AS profit
FROM sold GROUP BY of_day, country, state
