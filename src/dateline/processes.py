"""Other processes of this machine: a number in, whether it is alive out."""

from __future__ import annotations

import os


def lives(process: int) -> bool:
    """Whether a process is there, whoever it belongs to."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True
