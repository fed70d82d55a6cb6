"""The name of an optional library in, the library out: imported when it is first needed, or an error that says how to
install it."""

from __future__ import annotations

import importlib
from typing import Any

from dateline.errors import ExtraError


def extra(module: str, name: str) -> Any:
    """An optional library's module. Raises :class:`~dateline.errors.ExtraError` where the extra ``name`` that brings it
    is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        needed = error.name.partition(".")[0]
        raise ExtraError(f"this needs {needed}, which is not installed: pip install 'dateline[{name}]'") from None
