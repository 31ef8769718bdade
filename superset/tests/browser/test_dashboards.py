"""The dashboards by REST, with no browser: every chart answers, and every dataset has what it names."""

from __future__ import annotations

import pytest

from comparing import assert_same
from expected import QUERIES
from running_stack import Stack
from running_superset import Report, Superset


def test_the_three_are_there(superset: Superset) -> None:
    assert {each["slug"]: each["published"] for each in superset.all("dashboard")} == dict.fromkeys(QUERIES, True)


@pytest.mark.parametrize("slug", list(QUERIES))
def test_a_chart_answers_those_who_ask_by_rest(slug: str, superset: Superset, stack: Stack, report: Report) -> None:
    for number, chart in superset.charts(slug).items():
        answer = superset.chart_data(number)
        assert answer["error"] is None, chart["slice_name"]
        assert answer["rowcount"] > 0, chart["slice_name"]
        assert_same(answer, QUERIES[slug][chart["slice_name"]], stack, report, chart["slice_name"])


def test_every_dataset_has_the_columns_and_metrics_that_it_names(superset: Superset) -> None:
    datasets = superset.all("dataset")
    assert datasets
    for each in datasets:
        dataset = superset.get(f"dataset/{each['id']}")["result"]
        columns = [column["column_name"] for column in dataset["columns"]]
        metrics = [metric["metric_name"] for metric in dataset["metrics"]]
        for part, names in {"columns": columns, "metrics": metrics}.items():
            if names:
                answer = superset.ask(each["id"], {part: names, "row_limit": 5})
                assert answer["error"] is None, f"{dataset['table_name']}: {answer['error']}"
                assert answer["colnames"] == names


def test_every_column_has_the_type_that_its_table_has(superset: Superset, report: Report) -> None:
    seen = 0
    for each in superset.all("dataset"):
        dataset = superset.get(f"dataset/{each['id']}")["result"]
        if dataset["database"]["backend"] != "postgresql":
            continue
        rows = dataset["sql"] or f"SELECT * FROM {dataset['schema']}.{dataset['table_name']}"
        types = report.types(rows)
        for column in dataset["columns"]:
            assert types[column["column_name"]] == column["type"].lower(), (
                f"{dataset['table_name']}.{column['column_name']}"
            )
            seen += 1
    assert seen
