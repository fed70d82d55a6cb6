"""Inputs and output in an object store, and in Parquet, give the records that files and JSON Lines give."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from dateline.batch.forms import Row, copy_without, rows_from, rows_into
from dateline.batch.parts import parts_of
from dateline.batch.planning import Form
from dateline.batch.running import Batch, run
from dateline.batch.storage import Storage
from dateline.errors import InputError, OutputError
from dateline.intake.text import article_from_text
from dateline.model import Record
from dateline.settings import Settings
from tests.batch.stand_ins import open_wicked_reading

QUICK = msgspec.structs.replace(Settings(), max_seconds=1.0, max_memory=300)


@pytest.fixture
def store() -> Iterator[object]:
    """An object store in memory, empty before and after."""
    system = pytest.importorskip("fsspec").filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def row(n: int) -> Row:
    article = article_from_text(f"The ship {n} left.", id=f"a#{n}", published=str(date(2024, 5, 1 + n % 28)))
    return Row(f"r{n:020x}", Record(article=article))


@pytest.mark.parametrize("to", ["jsonl", "parquet"])
def test_a_form_gives_back_what_was_put_and_leaves_out_what_is_asked(to: Form) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow")
    every = [row(n) for n in range(250)]
    whole, less, again = io.BytesIO(), io.BytesIO(), io.BytesIO()
    for stream, some in ((whole, every), (again, every[:7] + every[8:])):
        with rows_into(stream, to) as put:
            for one in some:
                put(one)
    assert list(rows_from(io.BytesIO(whole.getvalue()), to)) == every
    copy_without(io.BytesIO(whole.getvalue()), less, to, {every[7].report})
    assert less.getvalue() == again.getvalue()


def test_parquet_has_columns_to_ask_by(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with Storage(str(tmp_path)).writing("x.parquet") as stream, rows_into(stream, "parquet") as put:
        put(row(3))
    table = parquet.read_table(tmp_path / "x.parquet")
    assert table.column("published").to_pylist() == [date(2024, 5, 4)]
    assert json.loads(table.column("record").to_pylist()[0])["article"]["text"] == "The ship 3 left."


def test_an_object_store_holds_inputs_and_output(store: object, tmp_path: Path) -> None:
    texts = {"a.jsonl": "".join(f'{{"text": "The ship {n} left."}}\n' for n in range(25)), "deep/b.txt": "It sank."}
    for name, text in texts.items():
        store.pipe(f"/in/{name}", text.encode())  # type: ignore[attr-defined]
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text)
    store.pipe("/in/.hidden", b"no report")  # type: ignore[attr-defined]
    asked = Batch(sources=("memory://in",), out="memory://out", settings=QUICK, shard_size=10)
    _, summary = run(asked, reading=open_wicked_reading)
    assert (summary.inputs, summary.records) == (26, 26)
    near = msgspec.structs.replace(asked, sources=(str(tmp_path / "in"),), out=str(tmp_path / "out"))
    run(near, reading=open_wicked_reading)
    for name in ("000000", "000001", "000002", "000003"):
        with Storage("memory://out").reading(f"records/{name}.jsonl") as far:
            here = (tmp_path / "out" / "records" / f"{name}.jsonl").read_bytes()
            assert far.read() == here.replace(f"{tmp_path}/in/".encode(), b"memory:///in/")
    store.pipe("/in/a.jsonl", b"changed")  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="other inputs"):
        run(asked, reading=open_wicked_reading)
    Storage("memory://out").remove("records", "plan.json", "nothing")
    assert Storage("memory://out").names() == {"ledger", "summary.json", "rejects.jsonl", "duplicates.jsonl"}


def test_patterns_and_what_is_not_there(store: object, tmp_path: Path) -> None:
    for name in ("x/1.txt", "x/2.txt", "y/1.txt"):
        store.pipe(f"/{name}", b"The ship left.")  # type: ignore[attr-defined]
    parts, refused = parts_of(["memory://y/1.txt", "memory://*/1.txt"], tmp_path)
    assert not refused
    assert len({part.input.id for part in parts}) == 3
    with pytest.raises(InputError, match="nosuchstore"):
        parts_of(["nosuchstore://x"], tmp_path)


def test_what_breaks_off_while_it_is_written_stands_nowhere(tmp_path: Path, store: object) -> None:
    for address in (str(tmp_path / "out"), "memory://out"):
        storage = Storage(address)
        with pytest.raises(ZeroDivisionError), storage.writing("records/1.jsonl") as out:
            out.write(b"half" * (1 // 0))
        assert storage.names("records") == set()
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError), Storage(str(tmp_path / "file")).writing("records/1.jsonl"):
        pass
