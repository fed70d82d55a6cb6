"""What a reader is calibrated by before it is weighed."""

from __future__ import annotations

from typing import Any

ROLES = ("actor", "recipient", "thing", "place", "time", "source")
PLAIN: dict[str, Any] = {
    "roles": {role: [1.0, 0.0] for role in ROLES},
    "same": {},
    "least": dict.fromkeys(ROLES, 0.5),
    "further": dict.fromkeys(ROLES, 0.5),
    "shown": 0.5,
}
"""A calibration that changes nothing: what a reader has before it is weighed."""
