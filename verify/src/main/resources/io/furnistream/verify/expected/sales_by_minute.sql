-- sales_by_minute: what was sold in each minute, by category and platform; listed under the day in UTC. A minute has 60,000 milliseconds.
SELECT utc_day AS of_day, ts - ts % 60000 AS minute, category, platform,
  count(DISTINCT order_id) AS orders,
  sum(quantity) AS quantity,
  sum(revenue) AS revenue,
  coalesce(sum(profit), 0) AS profit
FROM sold_by_utc_day GROUP BY utc_day, ts - ts % 60000, category, platform
