-- daily_address: who bought from each point on the map; a sale without coordinates is on none. Where records disagree about what is there,
-- the contract takes the first place in alphabetical order, by code points.
SELECT of_day, latitude, longitude, place.city AS city, place.state AS state, place.country AS country, daily_pu
FROM (
  SELECT of_day, latitude, longitude,
    min({'city': city, 'state': state, 'country': country}) AS place,
    count(DISTINCT customer_id) AS daily_pu
  FROM sold WHERE latitude IS NOT NULL AND longitude IS NOT NULL
  GROUP BY of_day, latitude, longitude)
