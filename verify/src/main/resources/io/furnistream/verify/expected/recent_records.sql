-- recent_records: the latest hundred records: by day, then by when the order was placed, then by id.
SELECT of_day, row_number() OVER (ORDER BY of_day DESC, ts DESC, ts_id) AS position,
  ts_id, ts, order_id, customer_id, country, state, city, platform, category, sub_category, product_id, product_name,
  quantity, revenue, profit
FROM sold QUALIFY position <= 100
