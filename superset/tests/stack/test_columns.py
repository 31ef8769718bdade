"""The columns of the views of no closed day are those of the closed days' files; FURNISTREAM_EXPORT_DIR names those."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from furnistream_superset.closed_days import COLUMNS, open_locked


class ColumnsTest(unittest.TestCase):
    """Reads what a real rollup has written."""

    def test_the_views_of_no_day_are_as_those_of_many(self) -> None:
        connection = open_locked(Path(os.environ["FURNISTREAM_EXPORT_DIR"]))
        views = {
            row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        }
        self.assertEqual(views, set(COLUMNS), "each stands on files")
        for view, columns in COLUMNS.items():
            described = connection.execute(f"DESCRIBE {view}").fetchall()
            self.assertEqual({row[0]: row[1] for row in described}, columns, view)


if __name__ == "__main__":
    unittest.main()
