"""What can go wrong, each with what to do next. Nothing here imports anything of the house."""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error that is the user's to act on. ``stage`` names where it arose."""

    stage = "dateline"


class InputError(DatelineError):
    """An input that cannot be read as a report (empty, binary, too long, not text)."""

    stage = "intake"


class OutputError(DatelineError):
    """A file cannot be written (it exists and may not be replaced, no folder, a full disk); nothing was changed."""

    stage = "output"


class KnowledgeError(DatelineError):
    """A knowledge file that does not hold: names file, row, what was found, what is allowed."""

    stage = "knowledge"


class ModelError(DatelineError):
    """The parser model is missing, changed or unfit."""

    stage = "syntax"


class PipelineError(DatelineError):
    """Stages that do not fit together: one needs what none before it gives."""

    stage = "pipeline"


class StoreError(DatelineError):
    """The archive cannot do what was asked (no such report, not writable, disk full, busy, of a newer release); nothing
    was changed by the failed step."""

    stage = "store"


class DamageError(StoreError):
    """What the archive holds is not what was written: names the report, never guesses."""


class ExtraError(DatelineError):
    """An optional library that is asked for is not installed; says which extra brings it."""

    stage = "extras"


class Missing:
    """What was named is not there."""


class MissingRowError(Missing, StoreError):
    """The archive has no report or correction of that name."""


class MissingEventError(Missing, InputError):
    """The archive has no event of that name."""


def too_large(max_memory: int) -> tuple[str, str]:
    """What is said of an input that took more memory (MB) than it may, and what to do next."""
    return (
        f"reading it took more memory than max_memory = {max_memory} MB",
        "raise max_memory in dateline.toml or DATELINE_MAX_MEMORY, or split the report",
    )
