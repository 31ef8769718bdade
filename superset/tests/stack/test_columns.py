"""The columns that the views state are those of the closed days' files; FURNISTREAM_EXPORT_DIR names those."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from furnistream_superset.closed_days import COLUMNS, FOLDERS, open_locked


class ColumnsTest(unittest.TestCase):
    """Reads what a real rollup has written."""

    def test_the_views_have_the_columns_of_their_files(self) -> None:
        export = Path(os.environ["FURNISTREAM_EXPORT_DIR"])
        connection = open_locked(export)
        views = {
            row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        }
        self.assertEqual(views, set(COLUMNS), "each stands on files")
        for view, columns in COLUMNS.items():
            files = str(export / FOLDERS[view] / "*.parquet")
            # A folder with "=" in its name is not a column.
            described = connection.execute(
                "DESCRIBE SELECT * FROM read_parquet($1, hive_partitioning = false)", [files]
            ).fetchall()
            self.assertEqual({row[0]: row[1] for row in described}, columns, view)


if __name__ == "__main__":
    unittest.main()
