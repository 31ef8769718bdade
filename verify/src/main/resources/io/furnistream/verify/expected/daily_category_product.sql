-- daily_category_product: what each product sold on each day.
SELECT of_day, category, sub_category, product_name,
  sum(quantity) AS daily_quantity,
  sum(revenue) AS daily_rev,
  coalesce(sum(profit), 0) AS daily_profit
FROM sold GROUP BY of_day, category, sub_category, product_name
