-- live_kpis: the figures of a day while it happens. The average order is rounded to four decimals, half away from zero: in whole
-- ten-thousandths, since a division of decimals is a float here.
SELECT of_day, records, customers, products, orders, revenue,
  (sign(ten_thousandths) * ((2 * abs(ten_thousandths) + orders) // (2 * orders)))::DECIMAL(34, 0)
    * 0.0001::DECIMAL(4, 4) AS average_order
FROM (
  SELECT of_day,
    count(*) AS records,
    count(DISTINCT customer_id) AS customers,
    count(DISTINCT product_id) AS products,
    count(DISTINCT order_id)::HUGEINT AS orders,
    sum(revenue) AS revenue,
    replace(sum(revenue)::VARCHAR, '.', '')::HUGEINT AS ten_thousandths
  FROM sold GROUP BY of_day)
