"""replay_csv from end to end: a file of the inbox, to days that are closed, and no other."""

from __future__ import annotations

import re

import pytest

from running_stack import Airflow, Report, Run, Stack

HEADER = (
    "row_id,order_id,order_date,ship_date,ship_mode,customer_id,customer_name,segment,country,city,state,postal_code,"
    "region,product_id,category,sub_category,product_name,sales,quantity,discount,profit\n"
)


def line(row: int, day: str, sales: str = "10.50", city: str = "Houston", state: str = "Texas") -> str:
    return (
        f"{row},CA-{row},{day},{day},First Class,C-{row},Ann,Consumer,United States,{city},{state},77001,Central,"
        f"FUR-{row},Furniture,Chairs,Chair {row},{sales},2,0,1.5\n"
    )


def put(stack: Stack, name: str, *lines: str) -> None:
    """Puts a file into the inbox as people should: whole at once."""
    draft = stack.inbox / f".{name}"
    draft.write_text(HEADER + "".join(lines))
    draft.rename(stack.inbox / name)


NAME = "Lager München.csv"


@pytest.fixture(scope="module")
def replayed(stack: Stack, airflow: Airflow) -> Run:
    """A run that goes on while others are refused. Of its five rows one is no sale, and two are years before."""
    put(
        stack,
        NAME,
        *(line(1, "2/28/2016"), line(2, "2/29/2016"), line(3, "2/29/2016", "abc"), line(4, "2/29/2016")),
        line(5, "7/4/2019"),
    )
    return airflow.run("replay_csv", {"files": [NAME], "mapping": "superstore", "dataset": "shop"})


@pytest.fixture(scope="module")
def refused(stack: Stack, airflow: Airflow, replayed: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Runs that are refused, by why."""
    outside = tmp_path_factory.mktemp("outside") / "outside.csv"
    outside.write_text(HEADER + line(1, "3/3/2015"))
    link = stack.inbox / "link.csv"
    link.unlink(missing_ok=True)
    link.symlink_to(outside)
    (stack.inbox / "other.csv").write_text("a,b\n1,2\n")
    asked = {
        "'../secrets.env' is not the name of a file in the inbox": ("../secrets.env", "superstore"),
        "'link.csv' is a link": ("link.csv", "superstore"),
        "mapping '../secrets' is not the name of a mapping": ("other.csv", "../secrets"),
    }
    return {
        why: airflow.run("replay_csv", {"files": [file], "mapping": mapping}) for why, (file, mapping) in asked.items()
    }


def test_a_file_of_the_inbox_closes_exactly_the_days_that_it_touches(
    replayed: Run, refused: dict[str, Run], stack: Stack, report: Report
) -> None:
    log = replayed.await_end().log("replay", 0)
    assert any(re.fullmatch(r"Records +4 \(4 written, 0 taken back\)", text) for text in log), log
    assert any(re.fullmatch(r"Unknown places +0", text) for text in log), "the gazetteer is there"
    assert any(text.startswith("Rows that are no sales: 1.") for text in log), log
    assert (stack.inbox / f"{NAME}.rejected.csv").read_text().count("\n") == 2

    days = [
        {"start_date": "2016-02-28", "end_date": "2016-02-29"},
        {"start_date": "2019-07-04", "end_date": "2019-07-04"},
    ]
    assert replayed.announced()["extra"] == {"ranges": days, "dataset": "shop", "files": [NAME]}
    close = replayed.closes()
    for task in ("rollup", "verify"):
        # Days that others have announced meanwhile may be among them.
        labels = {each.label for each in close.tasks() if each.name == task}
        assert labels >= {"2016-02-28 to 2016-02-29", "2019-07-04 to 2019-07-04"}
    records = {"2016-02-28": 1, "2016-02-29": 2, "2019-07-04": 1}
    assert {day for day in stack.closed_days() if day < "2020"} == set(records)
    assert report.records("2015-01-01", "2019-12-31") == records


def test_what_is_not_in_the_inbox_is_refused_in_words_and_is_not_read(refused: dict[str, Run], stack: Stack) -> None:
    for why, run in refused.items():
        run.await_end("failed")
        failed = [task for task in run.tasks() if task.state == "failed"]
        assert [task.tries for task in failed] == [1], why
        log = run.log(failed[0].name, failed[0].index)
        assert any(text.startswith(why) for text in log), log
    assert not {task.state for run in refused.values() for task in run.tasks()} & {"success", "running"}
    link = stack.inbox / "link.csv"
    assert [file.name for file in link.resolve().parent.iterdir()] == ["outside.csv"]
    link.unlink()
