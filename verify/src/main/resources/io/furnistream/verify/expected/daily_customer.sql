-- daily_customer: what each customer bought on each day, by category and state.
SELECT of_day, customer_id, category, state,
  count(DISTINCT order_id) AS orders,
  sum(quantity) AS quantity,
  sum(revenue) AS revenue,
  coalesce(sum(profit), 0) AS profit
FROM sold GROUP BY of_day, customer_id, category, state
