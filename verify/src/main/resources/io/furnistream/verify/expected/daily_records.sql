-- The raw records: what Kafka has, with a token in place of the customer's name.
SELECT sold.* REPLACE (token AS customer_name) FROM sold LEFT JOIN name_token USING (customer_name)
