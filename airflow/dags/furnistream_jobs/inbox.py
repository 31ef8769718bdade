"""The inbox: the one folder whose files a run may name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

VARIABLE = "FURNISTREAM_INBOX"

#: What the names of files of sales end in. What a file holds is found out by the job.
KINDS = (".csv", ".tsv", ".txt", ".gz", ".parquet")

#: What replay adds to the name of a file for the rows that are no sales.
REJECTED = ".rejected.csv"

#: The mappings that ship.
SHIPPED = ("superstore", "kaggle-sales")

_MAPPING = ".yaml"

#: Names in a form; when there are more, the newest.
MAX_OFFERED = 200

#: Entries that are looked at, so that no folder makes a DAG file slow to read.
_MAX_LISTED = 5_000

#: What file systems take.
_MAX_NAME_BYTES = 255


class BadFileError(ValueError):
    """A file that cannot be had from the inbox; the message says why and what to do."""


@dataclass(frozen=True)
class Inbox:
    """The inbox.

    Attributes:
        folder: where it is; None when nothing says so.
    """

    folder: Path | None

    @classmethod
    def from_environment(cls) -> Inbox:
        """The folder that FURNISTREAM_INBOX names."""
        folder = os.environ.get(VARIABLE, "")
        return cls(Path(folder) if folder else None)

    def files(self) -> list[str]:
        """Names of its files of sales, in order; none when it cannot be read."""
        return self._names(KINDS)

    def mappings(self) -> list[str]:
        """Names of the mappings: those that ship, then those of its own."""
        own = (name.removesuffix(_MAPPING) for name in self._names((_MAPPING,)))
        return [*SHIPPED, *(name for name in own if name not in SHIPPED)]

    def file(self, name: object) -> Path:
        """Where a file of sales is.

        Raises:
            BadFileError: it is not one of the inbox.
        """
        return self._path(name, KINDS, "my-shop.csv")

    def mapping(self, name: object) -> str:
        """What the job is to call a mapping: the name of one that ships, or the path of one in the inbox.

        Raises:
            BadFileError: there is none of that name.
        """
        if not _is_name(name):
            raise BadFileError(f"mapping {name!r} is not the name of a mapping: {self._known()}")
        file = f"{name}{_MAPPING}"
        if name in SHIPPED:
            if self.folder and os.path.lexists(self.folder / file):
                raise BadFileError(f"{file} of the inbox has the name of a mapping that ships: give it another name.")
            return name
        try:
            return str(self._path(file, (_MAPPING,), file))
        except BadFileError as e:
            raise BadFileError(f"There is no mapping {name!r}. {e} {self._known()}") from e

    def _known(self) -> str:
        return (
            f"Those that ship are {' and '.join(SHIPPED)}; a file such as my-shop.yaml in the inbox is the mapping"
            " my-shop."
        )

    def _path(self, name: object, kinds: tuple[str, ...], example: str) -> Path:
        """The path of an entry that is a file itself, directly in the folder."""
        if self.folder is None:
            raise BadFileError(
                f"{VARIABLE} is not set: set it, for every component of Airflow, to the folder whose files may be"
                " replayed."
            )
        if not _is_name(name):
            raise BadFileError(
                f"{name!r} is not the name of a file in the inbox: put the file into {self.folder}, and give its name"
                f" alone, such as {example}."
            )
        if not name.lower().endswith(kinds):
            raise BadFileError(f"{name!r} is not taken from the inbox: the name must end in {', '.join(kinds)}.")
        path = self.folder / name
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError as e:
            raise BadFileError(f"There is no file {name!r} in the inbox: put it into {self.folder}.") from e
        except OSError as e:
            raise BadFileError(f"The inbox cannot be read: {e}.") from e
        if stat.S_ISLNK(mode):
            raise BadFileError(f"{name!r} is a link: copy the file itself into the inbox, {self.folder}.")
        if not stat.S_ISREG(mode):
            raise BadFileError(f"{name!r} is not a file: name files of the inbox, {self.folder}.")
        return path

    def _names(self, kinds: tuple[str, ...]) -> list[str]:
        if self.folder is None:
            return []
        try:
            with os.scandir(self.folder) as entries:
                found = [
                    (changed, entry.name)
                    for entry in islice(entries, _MAX_LISTED)
                    if entry.name.lower().endswith(kinds) and _is_name(entry.name)
                    for changed in _changed(entry)
                ]
        except OSError:
            return []
        return sorted(name for _, name in sorted(found, reverse=True)[:MAX_OFFERED])


def _changed(entry: os.DirEntry[str]) -> Iterator[float]:
    """When a file was changed; nothing for what is no file, or gone."""
    try:
        if entry.is_file(follow_symlinks=False):
            yield entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return


def _is_name(name: object) -> bool:
    """Whether it is a name that people can read, and no path."""
    return (
        isinstance(name, str)
        and name.isprintable()  # no NUL, no line end, no byte that is not UTF-8
        and "/" not in name
        and 0 < len(name.encode()) <= _MAX_NAME_BYTES
        and not name.startswith(".")
    )
