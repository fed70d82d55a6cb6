"""What a reader is calibrated by before it is weighed."""

from __future__ import annotations

from typing import Any

ROLES = ("actor", "recipient", "thing", "place", "time", "source")
PLAIN: dict[str, Any] = {
    "line": dict.fromkeys(("bias", "sense", "actor", "actor told", "recipient", "recipient told"), 0.0)
    | dict.fromkeys(("event", "act", "status"), 1.0),
    "roles": {role: [1.0, 0.0] for role in ROLES},
    "same": {},
    "least": dict.fromkeys(ROLES, 0.5),
    "further": dict.fromkeys(ROLES, 0.5),
    "shown": 0.5,
}
"""A calibration that changes nothing: what a reader has before it is weighed."""
