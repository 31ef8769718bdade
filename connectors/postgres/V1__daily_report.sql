-- The tables of the daily report, one a topic, with the topic's name and key. Applied by Flyway as the owner of the
-- database; the roles report_reader and sink_writer exist by then.
--
-- Instants are "timestamp", not "timestamptz", and hold UTC: the JDBC sink binds a timestamp as the wall clock of UTC
-- without a zone, which PostgreSQL would read in the session's zone if the column had one.

CREATE SCHEMA daily_report;
COMMENT ON SCHEMA daily_report IS 'What the furniture store sold, by day. Written by Kafka Connect, read by Superset.';

CREATE TABLE daily_report.daily_pu_rev (
  ts_date        date          NOT NULL,
  daily_records  bigint        NOT NULL,
  daily_pu       bigint        NOT NULL,
  daily_orders   bigint        NOT NULL,
  daily_quantity bigint        NOT NULL,
  daily_rev      numeric(18,4) NOT NULL,
  daily_profit   numeric(18,4) NOT NULL,
  PRIMARY KEY (ts_date)
);
COMMENT ON TABLE  daily_report.daily_pu_rev IS 'What each day came to.';
COMMENT ON COLUMN daily_report.daily_pu_rev.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_records IS 'Records (order lines) that count on this day. Unit: records.';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_pu IS 'Paying users: distinct customers who bought on this day. Unit: customers.';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_orders IS 'Distinct orders placed on this day. Unit: orders.';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_quantity IS 'Pieces sold on this day. Unit: pieces.';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_rev IS 'Revenue of this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.daily_pu_rev.daily_profit IS 'Profit of this day; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.daily_category_product (
  ts_date        date          NOT NULL,
  category       text          NOT NULL,
  sub_category   text          NOT NULL,
  product_name   text          NOT NULL,
  daily_quantity bigint        NOT NULL,
  daily_rev      numeric(18,4) NOT NULL,
  daily_profit   numeric(18,4) NOT NULL,
  PRIMARY KEY (ts_date, category, sub_category, product_name)
);
COMMENT ON TABLE  daily_report.daily_category_product IS 'What each product came to on each day.';
COMMENT ON COLUMN daily_report.daily_category_product.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_category_product.category IS 'Product category. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_category_product.sub_category IS 'Product sub-category. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_category_product.product_name IS 'Product name. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_category_product.daily_quantity IS 'Pieces sold of this product on this day. Unit: pieces.';
COMMENT ON COLUMN daily_report.daily_category_product.daily_rev IS 'Revenue of this product on this day. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.daily_category_product.daily_profit IS 'Profit of this product on this day; records without a profit add nothing. Unit: the store''s currency.';

CREATE TABLE daily_report.daily_address (
  ts_date   date         NOT NULL,
  latitude  numeric(9,6) NOT NULL,
  longitude numeric(9,6) NOT NULL,
  city      text         NOT NULL,
  state     text         NOT NULL,
  country   text         NOT NULL,
  daily_pu  bigint       NOT NULL,
  PRIMARY KEY (ts_date, latitude, longitude)
);
COMMENT ON TABLE  daily_report.daily_address IS 'Who bought from each place on each day. Unlocated records are not here.';
COMMENT ON COLUMN daily_report.daily_address.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.daily_address.latitude IS 'Latitude (WGS 84), north positive. Unit: decimal degrees, -90 to 90.';
COMMENT ON COLUMN daily_report.daily_address.longitude IS 'Longitude (WGS 84), east positive. Unit: decimal degrees, -180 to 180.';
COMMENT ON COLUMN daily_report.daily_address.city IS 'City at these coordinates. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_address.state IS 'State or region of that city. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_address.country IS 'Country of that city. Text, no unit.';
COMMENT ON COLUMN daily_report.daily_address.daily_pu IS 'Paying users: distinct customers from this place who bought on this day. Unit: customers.';

CREATE TABLE daily_report.run_ledger (
  dataset      text          NOT NULL,
  ts_date      date          NOT NULL,
  status       text          NOT NULL,
  run_id       text          NOT NULL,
  producer     text          NOT NULL,
  arguments    text          NOT NULL,
  started_at   timestamp(3)  NOT NULL,
  completed_at timestamp(3),
  records      bigint,
  quantity     bigint,
  revenue      numeric(18,4),
  profit       numeric(18,4),
  customers    bigint,
  id_checksum  text,
  PRIMARY KEY (dataset, ts_date)
);
COMMENT ON TABLE  daily_report.run_ledger IS 'What each dataset must have left behind on each day: every store is held against it.';
COMMENT ON COLUMN daily_report.run_ledger.dataset IS 'What one set of arguments produces, or the name given to a replay. Text, no unit.';
COMMENT ON COLUMN daily_report.run_ledger.ts_date IS 'The store''s own day (a calendar date in the store''s zone).';
COMMENT ON COLUMN daily_report.run_ledger.status IS 'STARTED before the first record of the day, COMPLETE after the last acknowledgement. Text, no unit.';
COMMENT ON COLUMN daily_report.run_ledger.run_id IS 'The run that wrote this entry, as UUID text. No unit.';
COMMENT ON COLUMN daily_report.run_ledger.producer IS 'Program and version that produced the day. Text, no unit.';
COMMENT ON COLUMN daily_report.run_ledger.arguments IS 'The arguments that make up the dataset. Text, no unit.';
COMMENT ON COLUMN daily_report.run_ledger.started_at IS 'When the run started this day. Instant in UTC, to the millisecond.';
COMMENT ON COLUMN daily_report.run_ledger.completed_at IS 'When the last record was acknowledged; null while STARTED. Instant in UTC, to the millisecond.';
COMMENT ON COLUMN daily_report.run_ledger.records IS 'Records that must be found; null while STARTED. Unit: records.';
COMMENT ON COLUMN daily_report.run_ledger.quantity IS 'Sum of quantity that must be found; null while STARTED. Unit: pieces.';
COMMENT ON COLUMN daily_report.run_ledger.revenue IS 'Sum of revenue that must be found; null while STARTED. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.run_ledger.profit IS 'Sum of profit that must be found; null while STARTED. Unit: the store''s currency.';
COMMENT ON COLUMN daily_report.run_ledger.customers IS 'Distinct customers that must be found; null while STARTED. Unit: customers.';
COMMENT ON COLUMN daily_report.run_ledger.id_checksum IS 'Sum of all ts_id as unsigned 128-bit numbers, modulo 2^128, as 32 hexadecimal digits; null while STARTED.';

GRANT USAGE ON SCHEMA daily_report TO report_reader, sink_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA daily_report TO report_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA daily_report TO sink_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA daily_report GRANT SELECT ON TABLES TO report_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA daily_report GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sink_writer;
