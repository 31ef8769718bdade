"""The columns that the views state are those of the closed days' files, which a real rollup has written."""

from __future__ import annotations

from pathlib import Path

from furnistream_superset.closed_days import VIEWS, open_locked


def test_the_views_have_the_columns_of_their_files(export: Path) -> None:
    connection = open_locked(export)
    views = {row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert views == set(VIEWS), "each reads files"
    for name, view in VIEWS.items():
        files = str(export / view["folder"] / "*.parquet")
        # A folder with "=" in its name is not a column.
        described = connection.execute(
            "DESCRIBE SELECT * FROM read_parquet($1, hive_partitioning = false)", [files]
        ).fetchall()
        assert {row[0]: row[1] for row in described} == view["columns"], name
