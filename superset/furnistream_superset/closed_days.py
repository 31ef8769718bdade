"""The closed days as a database: DuckDB in memory over the export folder, which it may read and nothing else.

DuckDB's own lock keeps it inside the folder, but lets it write there: an allowed directory is allowed for COPY and
ATTACH, too. So a statement is read by DuckDB's own parser first, and what is not a query is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper, CursorWrapper, Dialect
from sqlalchemy.dialects import registry

MEMORY_LIMIT = "256MB"
THREADS = 2

#: The folder and the columns of each view, whatever files are there: days that a former version closed have sums of
#: DECIMAL(18,4), and DuckDB would take the types of the oldest file for those of all. The file follows the catalogue:
#: rollup's ClosedDayViewsTest writes it.
VIEWS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

_PARQUET_SCHEMA = "MAP(VARCHAR, STRUCT(name VARCHAR, type VARCHAR, default_value VARCHAR))"

#: What a query is made of in DuckDB's syntax tree; its other nodes write (COPY_QUERY_NODE, INSERT_QUERY_NODE, ...).
_QUERY_NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}

#: Functions that run SQL text of their own, which is not in the tree.
_RUNNING_FUNCTIONS = {"query", "json_execute_serialized_sql"}

_NO_SQL = {"commit", "rollback"}


class ReadOnlyCursor(CursorWrapper):
    """A cursor that runs only queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, wrapper: ConnectionWrapper) -> None:
        super().__init__(connection, wrapper)
        self._connection = connection

    def execute(self, statement: str, parameters: tuple | None = None, context: Any = None) -> None:
        """Runs a query.

        Raises:
            duckdb.PermissionException: it is none.
        """
        if statement.strip().rstrip(";").lower() not in _NO_SQL:
            _refuse_what_writes(self._connection, statement)
        super().execute(statement, parameters, context)

    def executemany(self, statement: str, parameters: list | None = None, context: Any = None) -> None:
        """Refuses: a statement that runs many times writes."""
        raise duckdb.PermissionException("The closed days are read only: one query at a time.")


class ReadOnlyConnection(ConnectionWrapper):
    """A connection whose cursors run only queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self._connection = connection

    def cursor(self) -> ReadOnlyCursor:
        """A cursor that runs only queries."""
        return ReadOnlyCursor(self._connection, self)


class ClosedDaysDialect(Dialect):
    """DuckDB as SQLAlchemy opens it here, whatever the address says."""

    supports_statement_cache = False

    export: Path

    def connect(self, *_arguments: Any, **_parameters: Any) -> ReadOnlyConnection:
        """Opens the closed days."""
        return ReadOnlyConnection(open_locked(self.export))


def lock_every_duckdb(export: Path) -> None:
    """Makes every DuckDB that this process opens through SQLAlchemy the closed days, locked."""
    ClosedDaysDialect.export = export
    registry.register("duckdb", __name__, ClosedDaysDialect.__name__)


def open_locked(export: Path) -> duckdb.DuckDBPyConnection:
    """Opens DuckDB with a view for each kind of file, and with no way to change what it may do.

    Args:
        export: the folder of the closed days; one that is not there is as one without days
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": str(THREADS),
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    # In this order: once other files are closed, no folder can be opened; once locked, nothing can be changed.
    connection.execute("SET allowed_directories = [$1]", [str(export)])
    connection.execute("SET enable_external_access = false")
    for name, view in VIEWS.items():
        folder, columns = export / view["folder"], view["columns"]
        if next(folder.glob("*.parquet"), None):
            schema = duckdb.Value(
                {column: {"name": column, "type": type_, "default_value": None} for column, type_ in columns.items()},
                _PARQUET_SCHEMA,
            )
            connection.sql(
                "SELECT * FROM read_parquet($1, schema = $2)", params=[str(folder / "*.parquet"), schema]
            ).create_view(name)
        else:
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
    connection.execute("SET lock_configuration = true")
    return connection


def _refuse_what_writes(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    answer = connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [statement]).fetchone()
    tree = json.loads(answer[0])
    if tree["error"] and tree["error_type"] != "not implemented":
        return  # not SQL at all: DuckDB itself says what is wrong
    if tree["error"] or not all(_only_reads(node) for node in _nodes(tree)):
        raise duckdb.PermissionException("The closed days are read only: only SELECT is allowed here.")


def _nodes(tree: Any) -> Iterator[dict]:
    """Every object in a syntax tree."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def _only_reads(node: dict) -> bool:
    kind = node.get("type")
    if isinstance(kind, str) and kind.endswith("_NODE") and kind not in _QUERY_NODES:
        return False
    return str(node.get("function_name")).lower() not in _RUNNING_FUNCTIONS
