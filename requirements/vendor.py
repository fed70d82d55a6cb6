"""Fetches what the explorer's pages use of npm, as ``vendor.lock`` names it, to ``src/dateline/serve/static/vendor``.

Run: ``python requirements/vendor.py`` (needs npm). A package whose hash is another than the lock's is refused. Nothing
is fetched when the explorer runs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TO = ROOT.parent / "src" / "dateline" / "serve" / "static" / "vendor"


def fetched(package: str, version: str, folder: Path) -> Path:
    """The package as npm packs it."""
    asked = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(folder)]
    named = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()[-1]  # noqa: S603
    return folder / named


def integrity(file: Path) -> str:
    """The hash that npm's own lock files carry."""
    return "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()


def main() -> None:
    """Fetch, check, unpack."""
    for row in json.loads((ROOT / "vendor.lock").read_text(encoding="utf-8")):
        with tempfile.TemporaryDirectory() as folder:
            packed = fetched(row["package"], row["version"], Path(folder))
            if integrity(packed) != row["integrity"]:
                raise SystemExit(f"{row['package']} {row['version']} is not what the lock names: {integrity(packed)}")
            with tarfile.open(packed) as archive:
                for inside, name in row["files"].items():
                    member = archive.extractfile(f"package/{inside}")
                    assert member is not None
                    TO.joinpath(name).write_bytes(member.read())
        print(f"{row['package']} {row['version']} ({row['licence']})")


if __name__ == "__main__":
    main()
