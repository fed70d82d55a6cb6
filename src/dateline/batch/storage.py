"""The address of a folder in, its files in and out whole: on this machine, or in an object store through fsspec."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dateline.errors import InputError, OutputError
from dateline.writing import written


def is_remote(address: str) -> bool:
    """Whether an address names something in an object store (``s3://…``): neither a path nor a page of the web."""
    scheme, found, _ = address.partition("://")
    return bool(found) and scheme.isalnum() and scheme.lower() not in {"http", "https"}


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path there. Raises :class:`InputError` where there is none."""
    try:
        import fsspec
    except ImportError:
        raise InputError(f'{address}: object stores need fsspec: pip install "dateline[s3]"') from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(f"{address}: cannot be opened ({error})") from None
    return system, str(path)


class Storage:
    """A folder and the folders in it, by names such as ``records/000001.jsonl``. A file appears under its name whole or
    not at all."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") or "/"
        self._system: Any = None
        self._root = self.address
        if is_remote(address):
            self._system, root = file_system(address)
            self._root = root.rstrip("/")

    def names(self, folder: str = "") -> set[str]:
        """The names of the files in a folder; none where there is no such folder."""
        if self._system is None:
            place = Path(self._root, folder)
            return {file.name for file in place.iterdir()} if place.is_dir() else set()
        self._system.invalidate_cache()
        try:
            found = self._system.ls(self._path(folder), detail=False)
        except FileNotFoundError:
            return set()
        return {str(path).rstrip("/").rpartition("/")[2] for path in found}

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        if self._system is None:
            return Path(self._root, name).is_file()
        self._system.invalidate_cache()
        return bool(self._system.exists(self._path(name)))

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """A file of that name, open."""
        if self._system is None:
            with Path(self._root, name).open("rb") as stream:
                yield stream
            return
        with self._system.open(self._path(name), "rb") as stream:
            yield stream

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A stream whose bytes stand under a name, in the place of what stood there, when the block ends well."""
        if self._system is None:
            target = Path(self._root, name)
            with _told(str(target)):
                target.parent.mkdir(parents=True, exist_ok=True)
            with written(target, overwrite=True) as stream:
                yield stream
            return
        with tempfile.NamedTemporaryFile(prefix="dateline-") as part:
            yield part
            part.flush()
            with _told(f"{self.address}/{name}"):
                self._system.put_file(part.name, self._path(name))

    def remove(self, *folders: str) -> None:
        """Takes folders and all that is in them out; those that are not there are passed over."""
        for folder in folders:
            if self._system is None:
                shutil.rmtree(Path(self._root, folder), ignore_errors=True)
                Path(self._root, folder).unlink(missing_ok=True)
            elif self._system.exists(self._path(folder)):
                self._system.rm(self._path(folder), recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{where}: not written ({error.strerror or error})") from None
