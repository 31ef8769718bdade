"""Prints what pyarrow reads from Parquet files as one JSON list, an object a file.

Decimals are text with every digit of their scale, dates are ISO text, and instants are shown as the
clocks of New York show them.
"""

import datetime
import decimal
import json
import sys
import zoneinfo

import pyarrow.parquet

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(NEW_YORK).isoformat(timespec="milliseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    return value


def read(path):
    with pyarrow.parquet.ParquetFile(path, page_checksum_verification=True) as file:
        table = file.read()
    return {
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": [
            {name: plain(value) for name, value in row.items()} for row in table.to_pylist()
        ],
    }


json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
