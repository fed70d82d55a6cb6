"""The same steps on Ray, where it is installed: the same bytes, and nothing that listens to other machines."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from dateline.batch.running import run
from tests.batch.stand_ins import open_wicked_reading
from tests.batch.test_batches import batch, bytes_of, sources

__all__ = ["sources"]
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra cluster is not installed")
ON_RAY = """
import sys
from pathlib import Path
from tests.batch.test_batches import batch
from tests.batch.stand_ins import open_wicked_reading
from dateline.batch.running import run
if __name__ == "__main__":
    asked = batch(Path(sys.argv[1]), Path(sys.argv[2]), workers=2, engine="ray")
    opened = set()
    def told(_progress):
        for table in ("/proc/net/tcp", "/proc/net/tcp6"):
            for line in open(table).read().splitlines()[1:]:
                address, state = line.split()[1], line.split()[3]
                if state == "0A":
                    opened.add(address)
    before = set()
    told(None)
    before, opened = opened, set()
    run(asked, told, reading=open_wicked_reading)
    print(*sorted(opened - before))
"""
LOOPBACK = ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")
"""127.0.0.1 and ::1 as the system's tables write them."""


@needs_ray
@pytest.mark.slow
def test_ray_gives_the_same_bytes_and_listens_on_loopback_alone(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "one"), reading=open_wicked_reading)
    script = tmp_path / "on_ray.py"
    script.write_text(ON_RAY)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, str(script), str(sources), str(tmp_path / "ray")]
    ended = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    assert bytes_of(tmp_path / "ray") == bytes_of(tmp_path / "one")
    listening = ended.stdout.split()
    assert listening
    assert all(address.partition(":")[0] in LOOPBACK for address in listening)
