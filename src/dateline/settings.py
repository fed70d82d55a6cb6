"""What can be set: ``dateline.toml`` in the working folder, then ``DATELINE_*`` variables; typed values out."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import DatelineError

STAGES = ("syntax", "mentions", "times", "places", "coreference", "attribution", "factuality", "events")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting with its default. A limit that stops an input is named in the error that it causes."""

    model: str = "dateline"
    """The parser: ``dateline``, on the reader's own encoder, or an installed package or folder that spaCy can load."""
    cache: str = ""
    """Folder for built files (the gazetteer). Empty: the platform's cache folder."""
    archive: str = "dateline.db"
    """Where reports are kept: a file, or ``postgresql://user@host/database``."""
    max_characters: int = 3_000_000
    """Longest report that is read, in code points."""
    max_bytes: int = 20_000_000
    """Largest report in bytes, decompressed: a file, or one record of an archive, feed or table."""
    max_depth: int = 256
    """Elements nested in a page before its layout is no longer followed (the text is kept)."""
    max_elements: int = 15_000
    """Tags of a page before its layout is no longer followed (the text is kept)."""
    max_seconds: float = 60
    """Seconds that a report may take; a long one gets as much again for every further 20,000 characters."""
    max_memory: int = 1536
    """Megabytes that a process which reads may hold."""
    max_paragraph: int = 20_000
    """Longest stretch handed to the parser at once, in code points; longer paragraphs are parsed in pieces."""
    learned: bool = True
    """Whether the learned reader is asked beside the rules; without it reading is twice as fast and finds less."""
    reader: str = ""
    """Folder of the learned reader's files. Empty: the one that ships."""
    doubtful: bool = False
    """Whether lines that are too doubtful for the chronology are shown as well (``read --doubtful``)."""
    workers: int = 1
    """Processes that read in batches (``--jsonl``)."""
    today: date | None = None
    """The day that stands for today where a report says that it was published later. None: the machine's own."""
    stages: tuple[str, ...] = STAGES
    """The order of reading; a name from an entry point of group ``dateline.stages`` may stand here too."""

    @property
    def day(self) -> date:
        """Today, as it is set or by the clock of this machine."""
        return self.today or date.today()  # noqa: DTZ011 - the user's own day; decides a warning, no value

    def anchored(self) -> Settings:
        """The same, its folders named from the root: a process that works in another folder finds them too."""
        model = Path(self.model).expanduser()
        return msgspec.structs.replace(
            self,
            cache=os.path.abspath(Path(self.cache).expanduser()) if self.cache else "",
            reader=os.path.abspath(self.reader) if self.reader else "",
            model=os.path.abspath(model) if (model / "meta.json").is_file() else self.model,
        )

    @property
    def cache_dir(self) -> Path:
        """The folder for built files."""
        if self.cache:
            return Path(self.cache).expanduser()
        import platformdirs

        return Path(platformdirs.user_cache_dir("dateline"))


def load_settings(folder: Path | None = None, environment: dict[str, str] | None = None) -> Settings:
    """Settings of a folder's ``dateline.toml`` and an environment. Raises :class:`DatelineError`."""
    file = (folder or Path.cwd()) / "dateline.toml"
    values: dict[str, Any] = {}
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DatelineError(f"{file}: not valid TOML: {error}") from None
    env = os.environ if environment is None else environment
    for field in msgspec.structs.fields(Settings):
        given = env.get(f"DATELINE_{field.name.upper()}")
        if given is not None:
            values[field.name] = given.split(",") if field.name == "stages" else given
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise DatelineError(f"setting not understood: {error} (see docs/reference/settings.md)") from None


_own: list[Settings] = []


def settings() -> Settings:
    """The settings of this process, read once."""
    if not _own:
        _own.append(load_settings())
    return _own[0]


def adopt(configured: Settings) -> None:
    """Make these the settings of this process: one that works for another has that one's, wherever it was started."""
    _own[:] = [configured]
