-- Further tables of the daily report, one a topic, with the topic's name and key.
--
-- An instant is a timestamptz. The JDBC sink binds it as the wall clock of UTC without a zone, which PostgreSQL reads in
-- the session's zone, and the driver gives the session its JVM's. The connector therefore sets each of its sessions to UTC
-- (hibernate.agroal.initialSQL).

CREATE TABLE daily_report.daily_platform_product (
  ts_date    date           NOT NULL,
  platform   text           NOT NULL,
  product_id text           NOT NULL,
  quantity   bigint         NOT NULL,
  sales      numeric(18,4)  NOT NULL,
  profit     numeric(18,4)  NOT NULL,
  PRIMARY KEY (ts_date, platform, product_id)
);
COMMENT ON TABLE  daily_report.daily_platform_product IS 'What one product came to on one platform on one day.';
COMMENT ON COLUMN daily_report.daily_platform_product.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_platform_product.platform IS 'Where the orders were placed: Store, Website, Mobile App or Phone. Text.';
COMMENT ON COLUMN daily_report.daily_platform_product.product_id IS 'Stock-keeping code of the product. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_platform_product.quantity IS 'Pieces sold of this product on this platform on this day. Unit: pieces.';
COMMENT ON COLUMN daily_report.daily_platform_product.sales IS 'Revenue of this product on this platform on this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.daily_platform_product.profit IS 'Profit of this product on this platform on this day; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.sales_by_minute (
  minute   timestamptz(3) NOT NULL,
  category text           NOT NULL,
  platform text           NOT NULL,
  orders   bigint         NOT NULL,
  quantity bigint         NOT NULL,
  revenue  numeric(18,4)  NOT NULL,
  profit   numeric(18,4)  NOT NULL,
  PRIMARY KEY (minute, category, platform)
);
COMMENT ON TABLE  daily_report.sales_by_minute IS 'What was sold in one minute, by category and platform.';
COMMENT ON COLUMN daily_report.sales_by_minute.minute IS 'When the minute begins: an instant, to the millisecond, a whole number of minutes.';
COMMENT ON COLUMN daily_report.sales_by_minute.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.sales_by_minute.platform IS 'Where the orders were placed: Store, Website, Mobile App or Phone. Text.';
COMMENT ON COLUMN daily_report.sales_by_minute.orders IS 'Distinct orders placed in this category on this platform in this minute. Unit: orders.';
COMMENT ON COLUMN daily_report.sales_by_minute.quantity IS 'Pieces sold in this category on this platform in this minute. Unit: pieces.';
COMMENT ON COLUMN daily_report.sales_by_minute.revenue IS 'Revenue in this category on this platform in this minute. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.sales_by_minute.profit IS 'Profit in this category on this platform in this minute; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.daily_state (
  ts_date   date           NOT NULL,
  country   text           NOT NULL,
  state     text           NOT NULL,
  customers bigint         NOT NULL,
  orders    bigint         NOT NULL,
  revenue   numeric(18,4)  NOT NULL,
  profit    numeric(18,4)  NOT NULL,
  PRIMARY KEY (ts_date, country, state)
);
COMMENT ON TABLE  daily_report.daily_state IS 'What one state or region came to on one day.';
COMMENT ON COLUMN daily_report.daily_state.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_state.country IS 'Country of the customers. Text.';
COMMENT ON COLUMN daily_report.daily_state.state IS 'State or region of the customers. Text.';
COMMENT ON COLUMN daily_report.daily_state.customers IS 'Distinct customers who bought from this state on this day. Unit: customers.';
COMMENT ON COLUMN daily_report.daily_state.orders IS 'Distinct orders placed from this state on this day. Unit: orders.';
COMMENT ON COLUMN daily_report.daily_state.revenue IS 'Revenue from this state on this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.daily_state.profit IS 'Profit from this state on this day; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.daily_customer (
  ts_date     date           NOT NULL,
  customer_id text           NOT NULL,
  category    text           NOT NULL,
  state       text           NOT NULL,
  orders      bigint         NOT NULL,
  quantity    bigint         NOT NULL,
  revenue     numeric(18,4)  NOT NULL,
  profit      numeric(18,4)  NOT NULL,
  PRIMARY KEY (ts_date, customer_id, category, state)
);
COMMENT ON TABLE  daily_report.daily_customer IS 'What one customer bought on one day, by category and state. Customers under any filter are the distinct customer_id of the rows that pass it.';
COMMENT ON COLUMN daily_report.daily_customer.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_customer.customer_id IS 'Who bought. Text, no unit; ''unknown'' where the source has none.';
COMMENT ON COLUMN daily_report.daily_customer.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.daily_customer.state IS 'State or region of the customer. Text.';
COMMENT ON COLUMN daily_report.daily_customer.orders IS 'Distinct orders placed by this customer in this category on this day. Unit: orders.';
COMMENT ON COLUMN daily_report.daily_customer.quantity IS 'Pieces sold by this customer in this category on this day. Unit: pieces.';
COMMENT ON COLUMN daily_report.daily_customer.revenue IS 'Revenue by this customer in this category on this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.daily_customer.profit IS 'Profit by this customer in this category on this day; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.live_kpis (
  ts_date       date           NOT NULL,
  records       bigint         NOT NULL,
  customers     bigint         NOT NULL,
  products      bigint         NOT NULL,
  orders        bigint         NOT NULL,
  revenue       numeric(18,4)  NOT NULL,
  average_order numeric(18,4)  NOT NULL,
  PRIMARY KEY (ts_date)
);
COMMENT ON TABLE  daily_report.live_kpis IS 'The figures by which one day is followed while it happens.';
COMMENT ON COLUMN daily_report.live_kpis.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.live_kpis.records IS 'Records (order lines) that count on this day. Unit: records.';
COMMENT ON COLUMN daily_report.live_kpis.customers IS 'Distinct customers who bought on this day. Unit: customers.';
COMMENT ON COLUMN daily_report.live_kpis.products IS 'Distinct products sold on this day, by product_id. Unit: products.';
COMMENT ON COLUMN daily_report.live_kpis.orders IS 'Distinct orders placed on this day. Unit: orders.';
COMMENT ON COLUMN daily_report.live_kpis.revenue IS 'Revenue on this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.live_kpis.average_order IS 'Revenue of this day divided by its orders, rounded half up to four decimals. Unit: the store''s currency.';

CREATE TABLE daily_report.recent_records (
  position     int            NOT NULL,
  ts_id        text           NOT NULL,
  ts           timestamptz(3) NOT NULL,
  ts_date      date           NOT NULL,
  order_id     text           NOT NULL,
  customer_id  text           NOT NULL,
  country      text           NOT NULL,
  state        text           NOT NULL,
  city         text           NOT NULL,
  platform     text           NOT NULL,
  category     text           NOT NULL,
  sub_category text           NOT NULL,
  product_id   text           NOT NULL,
  product_name text           NOT NULL,
  quantity     int            NOT NULL,
  revenue      numeric(18,4)  NOT NULL,
  profit       numeric(18,4)  NOT NULL,
  PRIMARY KEY (position)
);
COMMENT ON TABLE  daily_report.recent_records IS 'One of the latest 100 records by the store''s day, then by when the order was placed, then by ts_id in the order of Unicode code points.';
COMMENT ON COLUMN daily_report.recent_records.position IS 'Place among the latest records, 1 to 100: 1 is the latest. Position, from 1.';
COMMENT ON COLUMN daily_report.recent_records.ts_id IS '128-bit hash that names the record, as UUID text. No unit.';
COMMENT ON COLUMN daily_report.recent_records.ts IS 'When the order was placed: an instant, to the millisecond.';
COMMENT ON COLUMN daily_report.recent_records.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.recent_records.order_id IS 'The order this line belongs to. Text, no unit.';
COMMENT ON COLUMN daily_report.recent_records.customer_id IS 'Who bought. Text, no unit.';
COMMENT ON COLUMN daily_report.recent_records.country IS 'Country of the customer. Text.';
COMMENT ON COLUMN daily_report.recent_records.state IS 'State or region of the customer. Text.';
COMMENT ON COLUMN daily_report.recent_records.city IS 'City of the customer. Text.';
COMMENT ON COLUMN daily_report.recent_records.platform IS 'Where the order was placed. Text.';
COMMENT ON COLUMN daily_report.recent_records.category IS 'Product category. Text.';
COMMENT ON COLUMN daily_report.recent_records.sub_category IS 'Product sub-category. Text.';
COMMENT ON COLUMN daily_report.recent_records.product_id IS 'Stock-keeping code of the product. Text, no unit.';
COMMENT ON COLUMN daily_report.recent_records.product_name IS 'Product name. Text.';
COMMENT ON COLUMN daily_report.recent_records.quantity IS 'Pieces sold on this line; negative for a return. Unit: pieces.';
COMMENT ON COLUMN daily_report.recent_records.revenue IS 'Revenue of this line. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.recent_records.profit IS 'Profit of this line; 0 where the record states none. Unit: the store''s currency.';

-- Filters by one dimension over a range of days; each table's primary key serves those by day.
CREATE INDEX daily_platform_product_product ON daily_report.daily_platform_product (product_id, ts_date);
CREATE INDEX daily_state_state ON daily_report.daily_state (country, state, ts_date);
CREATE INDEX daily_customer_day_state ON daily_report.daily_customer (ts_date, state, category);
CREATE INDEX daily_customer_customer ON daily_report.daily_customer (customer_id, ts_date);

-- V1 held UTC's wall clock without a zone.
ALTER TABLE daily_report.run_ledger
  ALTER COLUMN started_at TYPE timestamptz(3) USING started_at AT TIME ZONE 'UTC',
  ALTER COLUMN completed_at TYPE timestamptz(3) USING completed_at AT TIME ZONE 'UTC';
COMMENT ON COLUMN daily_report.run_ledger.started_at IS 'When the run started this day: an instant, to the millisecond.';
COMMENT ON COLUMN daily_report.run_ledger.completed_at IS 'When the last record was acknowledged: an instant, to the millisecond; null while STARTED.';
