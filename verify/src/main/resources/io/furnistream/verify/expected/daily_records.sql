-- daily_records: the raw records: what Kafka has, with a token in place of the customer's name, and what the transforms in front of Cassandra
-- add. ts_date is the store's own day of ts: a record of which it is not has other parts there, and is named. The region is
-- that of the state, else that of all states of the country (*).
SELECT sold.* REPLACE (token AS customer_name),
  year(of_day) AS ts_year, month(of_day) AS ts_month, day(of_day) AS ts_day, isodow(of_day) AS ts_weekday,
  cell, cell_latitude, cell_longitude,
  CASE WHEN r.country IS NULL THEN c.region ELSE r.region END AS region,
  CASE WHEN r.country IS NULL THEN c.division ELSE r.division END AS division
FROM sold
  LEFT JOIN name_token USING (customer_name)
  LEFT JOIN place_cell USING (latitude, longitude)
  LEFT JOIN region_of r ON r.country = key_form(sold.country) AND r.state = key_form(sold.state)
  LEFT JOIN region_of c ON c.country = key_form(sold.country) AND c.state = '*'
