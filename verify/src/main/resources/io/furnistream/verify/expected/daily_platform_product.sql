-- daily_platform_product: what each product sold on each platform on each day.
SELECT of_day, platform, product_id,
  sum(quantity) AS quantity,
  sum(revenue) AS sales,
  coalesce(sum(profit), 0) AS profit
FROM sold GROUP BY of_day, platform, product_id
