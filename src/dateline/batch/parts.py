"""What the user named in, the inputs of a batch out, in an order that is always the same; and each of them as a file
of this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from dateline.batch.storage import file_system, is_remote
from dateline.errors import InputError
from dateline.intake.inputs import Input, inputs_of, numbered
from dateline.model import Rejection


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One input of a batch. ``remote`` is its address in an object store, None for a file of this machine; ``size`` in
    bytes and ``stamp`` (when it was changed) tell whether it is still the same."""

    input: Input
    remote: str | None = None
    size: int = 0
    stamp: str = ""


def parts_of(sources: Sequence[str], spool: Path) -> tuple[list[Part], list[Rejection]]:
    """The inputs of the sources, by name whatever the order in which they were given, and those that cannot be any.
    Raises :class:`InputError` for what can be read only once."""
    parts: list[Part] = []
    refused: list[Rejection] = []
    near = sorted({source for source in sources if not is_remote(source)})
    for source in near:
        if source == "-" or (os.path.exists(source) and not (os.path.isfile(source) or os.path.isdir(source))):
            raise InputError(f"{source}: a batch needs files, which can be read again; write it to one first")
    for found in inputs_of(near, spool):
        if isinstance(found, Rejection):
            refused.append(found)
        else:
            parts.append(_local(found))
    seen = {part.input.id for part in parts}
    for source in sorted({source for source in sources if is_remote(source)}):
        for part in _remote(source):
            name = part.input.id if part.input.id not in seen else numbered(part.input.origin, seen)
            seen.add(name)
            parts.append(msgspec.structs.replace(part, input=msgspec.structs.replace(part.input, id=name)))
    return parts, refused


def _local(found: Input) -> Part:
    if found.path is None:
        return Part(input=found)
    told = os.stat(os.fsdecode(found.path))
    return Part(input=found, size=told.st_size, stamp=str(told.st_mtime_ns))


def _remote(source: str) -> Iterator[Part]:
    """The files of an address: itself, those below it, or those that a pattern fits."""
    system, root = file_system(source)
    try:
        if any(sign in root for sign in "*?["):
            found = system.glob(root, detail=True)
        elif system.isfile(root):
            found = {root: system.info(root)}
        else:
            found = system.find(root, detail=True)
    except Exception as error:  # noqa: BLE001 - every object store has errors of its own
        raise InputError(f"{source}: cannot be listed ({type(error).__name__}: {error})") from None
    base = root.rstrip("/") if root not in found else root.rpartition("/")[0]
    for path in sorted(found):
        name = path.removeprefix(f"{base}/") if path.startswith(f"{base}/") else path.rpartition("/")[2]
        if found[path].get("type") == "directory" or any(piece.startswith(".") for piece in name.split("/")):
            continue
        address = system.unstrip_protocol(path)
        yield Part(
            input=Input(id=name, origin=address),
            remote=address,
            size=int(found[path].get("size") or 0),
            stamp=_stamp(found[path]),
        )


def _stamp(info: dict[str, Any]) -> str:
    """What a file system says that changes with a file."""
    return str(next((info[key] for key in ("ETag", "etag", "LastModified", "mtime", "created") if info.get(key)), ""))


class Near:
    """Inputs as files of this machine: those of object stores are copied to a folder, as long as they are needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, Path] = {}
        self._count = 0

    def inputs(self, parts: Sequence[Part]) -> tuple[Input, ...]:
        """The inputs of some parts; copies that these do not need are removed. Raises :class:`InputError`."""
        wanted = {part.remote for part in parts}
        for address in [address for address in self._held if address not in wanted]:
            self._held.pop(address).unlink(missing_ok=True)
        return tuple(self._near(part) for part in parts)

    def _near(self, part: Part) -> Input:
        if part.remote is None:
            return part.input
        if part.remote not in self._held:
            self._count += 1
            copy = self._folder / f"copy-{self._count}"
            system, path = file_system(part.remote)
            try:
                with system.open(path, "rb") as source, copy.open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
            except Exception as error:  # noqa: BLE001 - every object store has errors of its own
                reason = f"{type(error).__name__}: {error}"
                raise InputError(f"{part.remote}: cannot be fetched ({reason}); run it again to go on") from None
            self._held[part.remote] = copy
        return msgspec.structs.replace(part.input, path=os.fsencode(self._held[part.remote]))
