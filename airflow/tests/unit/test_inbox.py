"""Which files a run may name, and how the form lists them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from furnistream_jobs.inbox import MAX_OFFERED, SHIPPED, BadFileError, Inbox

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder)


def put(inbox: Inbox, *names: str) -> None:
    for name in names:
        (inbox.folder / name).write_text("x")


def test_the_mappings_that_ship_are_those_of_the_jar() -> None:
    mappings = CHECKOUT / "replay/src/main/resources/mappings"
    assert sorted(SHIPPED) == sorted(file.stem for file in mappings.glob("*.yaml"))


def test_it_offers_files_of_sales_and_mappings_by_name(inbox: Inbox) -> None:
    put(inbox, "b.csv", "a.CSV", "Umsätze 2023.tsv", "c.csv.gz", "d.parquet", "e.txt", "b.csv.rejected.csv")
    put(inbox, "my-shop.yaml", "notes.md", ".hidden.csv", ".csv", "two\nlines.csv")
    Path(os.fsdecode(os.fsencode(inbox.folder) + b"/not-utf8-\xff.csv")).write_text("x")
    (inbox.folder / "folder.csv").mkdir()
    (inbox.folder / "link.csv").symlink_to(inbox.folder / "b.csv")
    assert inbox.files() == [
        *("Umsätze 2023.tsv", "a.CSV", "b.csv", "b.csv.rejected.csv", "c.csv.gz", "d.parquet", "e.txt")
    ]
    assert inbox.mappings() == ["superstore", "kaggle-sales", "my-shop"]
    for name in inbox.files():
        assert inbox.file(name) == inbox.folder / name
    assert inbox.mapping("my-shop") == str(inbox.folder / "my-shop.yaml")
    assert inbox.mapping("superstore") == "superstore"


def test_of_very_many_files_it_offers_the_newest(inbox: Inbox) -> None:
    for n in range(MAX_OFFERED + 5):
        put(inbox, f"{n:04}.csv")
        os.utime(inbox.folder / f"{n:04}.csv", (n, n))
    assert inbox.files() == [f"{n:04}.csv" for n in range(5, MAX_OFFERED + 5)]
    assert inbox.file("0000.csv").exists(), "one that is not listed can be named"


@pytest.mark.parametrize(
    "name",
    [
        *("../outside.csv", "../inbox/b.csv", "./b.csv", "folder/c.csv", "b.csv/", "/etc/hosts.csv", "..", ".", ""),
        *(
            ".hidden.csv",
            "b.csv\0.csv",
            "b.csv\n",
            "\udcff.csv",
            "x" * 252 + ".csv",
            "ä" * 126 + ".csv",
            None,
            1,
            ["b.csv"],
        ),
        *("link.csv", "outside.csv", "folder.csv", "pipe.csv", "notes.md", "my-shop.yaml", "missing.csv", "b.csv;.exe"),
    ],
)
def test_what_is_not_a_file_of_the_inbox_is_refused(inbox: Inbox, name: object) -> None:
    put(inbox, "b.csv", "notes.md", "my-shop.yaml", ".hidden.csv")
    (inbox.folder.parent / "outside.csv").write_text("x")
    (inbox.folder / "outside.csv").symlink_to(inbox.folder.parent / "outside.csv")
    (inbox.folder / "link.csv").symlink_to("b.csv")
    (inbox.folder / "folder.csv").mkdir()
    (inbox.folder / "folder").mkdir()
    (inbox.folder / "folder/c.csv").write_text("x")
    os.mkfifo(inbox.folder / "pipe.csv")
    with pytest.raises(BadFileError, match=r"put|copy|end in|name files"):
        inbox.file(name)


@pytest.mark.parametrize(
    "name",
    ["../my-shop", "/my-shop", "my-shop.yaml", "none", "", None, 7, "my-shop\0", "link", "--help", "kaggle-sales"],
)
def test_what_is_not_a_mapping_of_the_inbox_is_refused(inbox: Inbox, name: object) -> None:
    put(inbox, "my-shop.yaml", "kaggle-sales.yaml")
    (inbox.folder / "link.yaml").symlink_to("my-shop.yaml")
    (inbox.folder.parent / "my-shop.yaml").write_text("x")
    with pytest.raises(BadFileError, match=r"superstore and kaggle-sales|give it another name"):
        inbox.mapping(name)


def test_without_a_folder_there_is_nothing_to_offer_and_an_error_says_what_to_set(tmp_path: Path) -> None:
    gone = Inbox(tmp_path / "gone")
    for inbox in (Inbox(None), gone):
        assert inbox.files() == []
        assert inbox.mappings() == ["superstore", "kaggle-sales"]
    with pytest.raises(BadFileError, match="FURNISTREAM_INBOX is not set"):
        Inbox(None).file("b.csv")
    with pytest.raises(BadFileError, match=r"There is no file .b.csv. in the inbox: put it into"):
        gone.file("b.csv")
