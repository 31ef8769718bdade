-- Sums have room: a day of 10^9 records of 99999999999999.9999 each comes to 23 digits before the point, and numeric(38,4)
-- holds 34. The amounts of a single record (recent_records) stay numeric(18,4).
--
-- PostgreSQL widens such a column without writing its table again, but not below a view: the views that show one are
-- dropped and made again, the same but for their types. One made by hand over them stops this migration, and is dropped
-- first. Applied by Flyway as the role admin; report_reader reads what it makes by the default rights of V3.

DROP VIEW daily_report.sales_and_profit_today, daily_report.monthly_sales, daily_report.yearly_sales,
  daily_report.top_products, daily_report.top_products_by_month, daily_report.live_minutes;

ALTER TABLE daily_report.daily_pu_rev
  ALTER COLUMN daily_rev TYPE numeric(38,4),
  ALTER COLUMN daily_profit TYPE numeric(38,4);
ALTER TABLE daily_report.daily_category_product
  ALTER COLUMN daily_rev TYPE numeric(38,4),
  ALTER COLUMN daily_profit TYPE numeric(38,4);
ALTER TABLE daily_report.daily_platform_product
  ALTER COLUMN sales TYPE numeric(38,4),
  ALTER COLUMN profit TYPE numeric(38,4);
ALTER TABLE daily_report.sales_by_minute
  ALTER COLUMN revenue TYPE numeric(38,4),
  ALTER COLUMN profit TYPE numeric(38,4);
ALTER TABLE daily_report.daily_state
  ALTER COLUMN revenue TYPE numeric(38,4),
  ALTER COLUMN profit TYPE numeric(38,4);
ALTER TABLE daily_report.daily_customer
  ALTER COLUMN revenue TYPE numeric(38,4),
  ALTER COLUMN profit TYPE numeric(38,4);
ALTER TABLE daily_report.live_kpis
  ALTER COLUMN revenue TYPE numeric(38,4),
  ALTER COLUMN average_order TYPE numeric(38,4);
ALTER TABLE daily_report.run_ledger
  ALTER COLUMN revenue TYPE numeric(38,4),
  ALTER COLUMN profit TYPE numeric(38,4);

-- A sum over days is numeric(44,4): it holds what a column of these can, on each of the 84,006 days from 1970 to 2199.

-- The minutes know platform and category of a record together; the tables by day know one of them.
-- The bounds are subqueries, so that they are worked out once and the primary key finds the minutes.
CREATE VIEW daily_report.sales_and_profit_today AS
SELECT daily_report.store_today() AS ts_date,
       platform,
       category,
       sum(quantity)::bigint       AS quantity,
       sum(revenue)::numeric(44,4) AS revenue,
       sum(profit)::numeric(44,4)  AS profit
  FROM daily_report.sales_by_minute
 WHERE minute >= (SELECT daily_report.store_day_start(daily_report.store_today()))
   AND minute <  (SELECT daily_report.store_day_start(daily_report.store_today() + 1))
 GROUP BY platform, category;
COMMENT ON VIEW   daily_report.sales_and_profit_today IS 'What today came to so far, by platform and category: the minutes of the day it is now in the store. Empty until the first sale of the day.';
COMMENT ON COLUMN daily_report.sales_and_profit_today.ts_date IS 'Today (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.sales_and_profit_today.platform IS 'Where the orders were placed: Store, Website, Mobile App or Phone. Text.';
COMMENT ON COLUMN daily_report.sales_and_profit_today.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.sales_and_profit_today.quantity IS 'Pieces sold today in this category on this platform. Unit: pieces.';
COMMENT ON COLUMN daily_report.sales_and_profit_today.revenue IS 'Revenue today in this category on this platform. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.sales_and_profit_today.profit IS 'Profit today in this category on this platform; records without a profit add nothing. Unit: the store''s currency.';

-- Distinct customers do not add up over days: those of a month are the distinct customer_id of daily_customer.
CREATE VIEW daily_report.monthly_sales AS
SELECT date_trunc('month', ts_date::timestamp)::date AS month,
       count(*)                          AS days,
       sum(daily_records)::bigint        AS records,
       sum(daily_orders)::bigint         AS orders,
       sum(daily_quantity)::bigint       AS quantity,
       sum(daily_rev)::numeric(44,4)     AS revenue,
       sum(daily_profit)::numeric(44,4)  AS profit
  FROM daily_report.daily_pu_rev
 GROUP BY 1;
COMMENT ON VIEW   daily_report.monthly_sales IS 'What each month came to; a month that has not ended, so far.';
COMMENT ON COLUMN daily_report.monthly_sales.month IS 'The month, by its first day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.monthly_sales.days IS 'Days of this month that have sales. Unit: days.';
COMMENT ON COLUMN daily_report.monthly_sales.records IS 'Records (order lines) that count in this month. Unit: records.';
COMMENT ON COLUMN daily_report.monthly_sales.orders IS 'Orders of this month''s days; one with lines on two days counts on each. Unit: orders.';
COMMENT ON COLUMN daily_report.monthly_sales.quantity IS 'Pieces sold in this month. Unit: pieces.';
COMMENT ON COLUMN daily_report.monthly_sales.revenue IS 'Revenue of this month. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.monthly_sales.profit IS 'Profit of this month; records without a profit add nothing. Unit: the store''s currency.';

CREATE VIEW daily_report.yearly_sales AS
SELECT date_trunc('year', ts_date::timestamp)::date AS year,
       count(*)                          AS days,
       sum(daily_records)::bigint        AS records,
       sum(daily_orders)::bigint         AS orders,
       sum(daily_quantity)::bigint       AS quantity,
       sum(daily_rev)::numeric(44,4)     AS revenue,
       sum(daily_profit)::numeric(44,4)  AS profit
  FROM daily_report.daily_pu_rev
 GROUP BY 1;
COMMENT ON VIEW   daily_report.yearly_sales IS 'What each year came to; a year that has not ended, so far.';
COMMENT ON COLUMN daily_report.yearly_sales.year IS 'The year, by its first day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.yearly_sales.days IS 'Days of this year that have sales. Unit: days.';
COMMENT ON COLUMN daily_report.yearly_sales.records IS 'Records (order lines) that count in this year. Unit: records.';
COMMENT ON COLUMN daily_report.yearly_sales.orders IS 'Orders of this year''s days; one with lines on two days counts on each. Unit: orders.';
COMMENT ON COLUMN daily_report.yearly_sales.quantity IS 'Pieces sold in this year. Unit: pieces.';
COMMENT ON COLUMN daily_report.yearly_sales.revenue IS 'Revenue of this year. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.yearly_sales.profit IS 'Profit of this year; records without a profit add nothing. Unit: the store''s currency.';

-- Equal revenue is decided by the product's key, compared by code points, so that a rank is never given twice and is the
-- same whatever the database's collation.
CREATE VIEW daily_report.top_products AS
SELECT rank, category, sub_category, product_name, quantity, revenue, profit
  FROM (SELECT row_number() OVER (ORDER BY sum(daily_rev) DESC, category COLLATE "C", sub_category COLLATE "C", product_name COLLATE "C") AS rank,
               category,
               sub_category,
               product_name,
               sum(daily_quantity)::bigint      AS quantity,
               sum(daily_rev)::numeric(44,4)    AS revenue,
               sum(daily_profit)::numeric(44,4) AS profit
          FROM daily_report.daily_category_product
         GROUP BY category, sub_category, product_name) AS ranked
 WHERE rank <= 100;
COMMENT ON VIEW   daily_report.top_products IS 'The 100 products with the most revenue over all days. For fewer, filter on rank.';
COMMENT ON COLUMN daily_report.top_products.rank IS 'Place by revenue, 1 to 100: 1 is the most. Products of equal revenue stand in the order of category, sub_category and product_name by Unicode code points.';
COMMENT ON COLUMN daily_report.top_products.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.top_products.sub_category IS 'Product sub-category. Text.';
COMMENT ON COLUMN daily_report.top_products.product_name IS 'Product name. Text.';
COMMENT ON COLUMN daily_report.top_products.quantity IS 'Pieces sold of this product over all days. Unit: pieces.';
COMMENT ON COLUMN daily_report.top_products.revenue IS 'Revenue of this product over all days. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.top_products.profit IS 'Profit of this product over all days; records without a profit add nothing. Unit: the store''s currency.';

CREATE VIEW daily_report.top_products_by_month AS
SELECT month, rank, category, sub_category, product_name, quantity, revenue, profit
  FROM (SELECT month,
               row_number() OVER (PARTITION BY month ORDER BY sum(daily_rev) DESC, category COLLATE "C", sub_category COLLATE "C", product_name COLLATE "C") AS rank,
               category,
               sub_category,
               product_name,
               sum(daily_quantity)::bigint      AS quantity,
               sum(daily_rev)::numeric(44,4)    AS revenue,
               sum(daily_profit)::numeric(44,4) AS profit
          FROM (SELECT date_trunc('month', ts_date::timestamp)::date AS month, *
                  FROM daily_report.daily_category_product) AS sold
         GROUP BY month, category, sub_category, product_name) AS ranked
 WHERE rank <= 100;
COMMENT ON VIEW   daily_report.top_products_by_month IS 'The 100 products with the most revenue of each month. For fewer, filter on rank.';
COMMENT ON COLUMN daily_report.top_products_by_month.month IS 'The month, by its first day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.top_products_by_month.rank IS 'Place by revenue in this month, 1 to 100: 1 is the most. Products of equal revenue stand in the order of category, sub_category and product_name by Unicode code points.';
COMMENT ON COLUMN daily_report.top_products_by_month.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.top_products_by_month.sub_category IS 'Product sub-category. Text.';
COMMENT ON COLUMN daily_report.top_products_by_month.product_name IS 'Product name. Text.';
COMMENT ON COLUMN daily_report.top_products_by_month.quantity IS 'Pieces sold of this product in this month. Unit: pieces.';
COMMENT ON COLUMN daily_report.top_products_by_month.revenue IS 'Revenue of this product in this month. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.top_products_by_month.profit IS 'Profit of this product in this month; records without a profit add nothing. Unit: the store''s currency.';

-- The bounds are subqueries, so that they are worked out once and the primary key finds the minutes.
CREATE VIEW daily_report.live_minutes AS
SELECT minute AT TIME ZONE (SELECT zone FROM daily_report.store) AS minute,
       category,
       platform,
       orders,
       quantity,
       revenue,
       profit
  FROM daily_report.sales_by_minute
 WHERE minute >= (SELECT daily_report.store_day_start(ts_date) FROM daily_report.live_day)
   AND minute <  (SELECT daily_report.store_day_start(ts_date + 1) FROM daily_report.live_day);
COMMENT ON VIEW   daily_report.live_minutes IS 'What was sold in each minute of the day in live_day, by category and platform.';
COMMENT ON COLUMN daily_report.live_minutes.minute IS 'When the minute begins, by the clock in the store: a time without a zone. Where clocks go back, an hour comes twice.';
COMMENT ON COLUMN daily_report.live_minutes.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.live_minutes.platform IS 'Where the orders were placed: Store, Website, Mobile App or Phone. Text.';
COMMENT ON COLUMN daily_report.live_minutes.orders IS 'Distinct orders placed in this category on this platform in this minute. Unit: orders.';
COMMENT ON COLUMN daily_report.live_minutes.quantity IS 'Pieces sold in this category on this platform in this minute. Unit: pieces.';
COMMENT ON COLUMN daily_report.live_minutes.revenue IS 'Revenue in this category on this platform in this minute. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.live_minutes.profit IS 'Profit in this category on this platform in this minute; records without a profit add nothing. Unit: the store''s currency.';
