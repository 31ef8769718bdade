"""The two assets by which the DAGs trigger each other."""

from airflow.sdk import Asset

#: Days were written to the topic daily_records. Extra: start_date and end_date (both included), or
#: ranges, a list of these; and what they were made from.
DAILY_RECORDS = Asset("daily_records")

#: Days were closed and proved. Extra: ranges, a list of start_date and end_date (both included).
DAILY_REPORT = Asset("daily_report")
