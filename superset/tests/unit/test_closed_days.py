"""What DuckDB may do in Superset: read the closed days, and nothing else."""

from __future__ import annotations

import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

import duckdb
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from furnistream_superset.closed_days import VIEWS, lock_every_duckdb


class ClosedDaysTest(unittest.TestCase):
    """Asks as Superset does, by SQLAlchemy and its cursors."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.outside = Path(folder.name)
        (self.outside / "secrets.env").write_text("PASSWORD=known\n")
        self.export = self.outside / "export"
        (self.export / "records").mkdir(parents=True)
        lock_every_duckdb(self.export)

    def close(self, day: str, revenue: str) -> None:
        file = self.export / "records" / f"{day}.parquet"
        duckdb.sql(f"SELECT DATE '{day}' AS ts_date, {revenue}::DECIMAL(18,4) AS revenue").write_parquet(str(file))

    def ask(self, sql: str, address: str = "duckdb:///:memory:") -> list[tuple]:
        connection = create_engine(address, poolclass=NullPool).raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall()
        finally:
            connection.close()

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.outside)) for path in self.outside.rglob("*") if path.is_file())

    def test_it_reads_what_is_closed_and_what_is_closed_later(self) -> None:
        self.assertEqual(self.ask("SELECT count(*), sum(revenue) FROM records"), [(0, None)])
        self.close("2023-12-01", "10.5")
        self.close("2023-12-02", "0.0001")
        self.assertEqual(self.ask("SELECT sum(revenue) FROM records"), [(Decimal("10.5001"),)])
        self.assertEqual(self.ask("WITH a AS (SELECT 1 AS n UNION SELECT 2) SELECT sum(n) FROM a"), [(3,)])
        self.assertEqual(len(self.ask("SHOW TABLES")), len(VIEWS))
        self.assertEqual({row[0]: row[1] for row in self.ask("DESCRIBE records")}, VIEWS["records"]["columns"])

    def test_days_closed_by_a_former_version_are_read_beside_the_largest(self) -> None:
        folder = self.export / "rollups" / "daily_pu_rev"
        folder.mkdir(parents=True)
        largest = "99999999999999999900000.0000"
        for day, revenue in (
            ("2023-12-01", "99999999999999.9999::DECIMAL(18,4)"),
            ("2023-12-02", f"{largest}::DECIMAL(38,4)"),
            ("2023-12-03", "0.0001::DECIMAL(18,4)"),
        ):
            duckdb.sql(f"SELECT DATE '{day}' AS ts_date, {revenue} AS daily_rev").write_parquet(
                str(folder / f"{day}.parquet")
            )
        self.assertEqual(
            self.ask("SELECT sum(daily_rev), max(daily_rev) FROM daily_pu_rev"),
            [(Decimal("100000000099999999900000.0000"), Decimal(largest))],
        )
        self.assertEqual(
            self.ask("SELECT daily_rev FROM daily_pu_rev WHERE ts_date = DATE '2023-12-03'"), [(Decimal("0.0001"),)]
        )

    def test_before_any_day_is_closed_every_column_is_there(self) -> None:
        for name, view in VIEWS.items():
            described = {row[0]: row[1] for row in self.ask(f"DESCRIBE {name}")}
            self.assertEqual(described, view["columns"])

    def test_no_file_outside_is_read(self) -> None:
        secrets = self.outside / "secrets.env"
        for path in (
            secrets,
            self.export / ".." / "secrets.env",
            "/etc/passwd",
            "secrets.env",
            "https://example.com/a.csv",
        ):
            for reader in ("read_text", "read_csv", "read_blob", "glob"):
                with self.subTest(path=path, reader=reader), self.assertRaises(duckdb.Error) as refused:
                    self.ask(f"SELECT * FROM {reader}('{path}')")
                self.assertNotIn("known", str(refused.exception))

    def test_nothing_is_written(self) -> None:
        self.close("2023-12-01", "1")
        before = self.files()
        inside = self.export / "records" / "new.parquet"
        for statement in (
            f"COPY (SELECT 1) TO '{inside}'",
            f"WITH x AS (COPY (SELECT 1) TO '{inside}') SELECT * FROM x",
            f"SELECT (WITH x AS (COPY (SELECT 1) TO '{inside}') SELECT count(*) FROM x)",
            f"SELECT * FROM query('WITH x AS (COPY (SELECT 1) TO ''{inside}'') SELECT * FROM x')",
            f"SELECT * FROM main.\"QUERY\"('COPY (SELECT 1) TO ''{inside}''')",
            f"SELECT 1; COPY (SELECT 1) TO '{inside}'",
            f"EXPLAIN ANALYZE COPY (SELECT 1) TO '{inside}'",
            f"PREPARE p AS COPY (SELECT 1) TO '{inside}'",
            "SELECT * FROM json_execute_serialized_sql('{}')",
            f"ATTACH '{self.export / 'a.duckdb'}'",
            f"EXPORT DATABASE '{self.export / 'all'}'",
            "CREATE TABLE mine (n INTEGER)",
            "WITH x AS (INSERT INTO daily_pu_rev (daily_pu) VALUES (1) RETURNING daily_pu) SELECT * FROM x",
            "DROP VIEW records",
            "DELETE FROM daily_pu_rev",
        ):
            with self.subTest(statement), self.assertRaises(duckdb.PermissionException):
                self.ask(statement)
        self.assertEqual(self.files(), before)

    def test_no_setting_is_changed(self) -> None:
        for statement in (
            "SET lock_configuration = false",
            "SET enable_external_access = true",
            "SET allowed_directories = ['/']",
            "SET memory_limit = '64GB'",
            "RESET threads",
            "PRAGMA threads = 64",
            "INSTALL httpfs",
            "LOAD httpfs",
            "CALL enable_logging()",
            f"SELECT * FROM enable_logging(storage = 'file', storage_path = '{self.export}')",
        ):
            with self.subTest(statement), self.assertRaises(duckdb.Error):
                self.ask(statement)
        self.assertEqual(self.ask("SELECT current_setting('enable_external_access')"), [(False,)])

    def test_no_other_database_is_opened(self) -> None:
        other = self.outside / "other.duckdb"
        for address in (
            f"duckdb:///{other}",
            "duckdb:///:memory:?enable_external_access=true&lock_configuration=false",
        ):
            with self.subTest(address):
                self.assertEqual(len(self.ask("SHOW TABLES", address)), len(VIEWS))
                with self.assertRaises(duckdb.Error):
                    self.ask("SELECT * FROM read_text('/etc/passwd')", address)
        self.assertFalse(other.exists())


if __name__ == "__main__":
    unittest.main()
