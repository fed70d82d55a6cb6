"""The same steps on Ray, where it is installed: the same bytes, and nothing that listens to other machines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from evals.living import below, line_of

from dateline.batch.running import run
from tests.batch.stand_ins import open_wicked_reading
from tests.batch.test_batches import batch, bytes_of, sources

__all__ = ["sources"]
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra cluster is not installed")
ON_RAY = """
import sys
from pathlib import Path
from tests.batch.test_batches import batch
from tests.batch.stand_ins import open_slow_reading, open_wicked_reading
from dateline.batch.running import run
if __name__ == "__main__":
    reading = open_slow_reading if "slow" in sys.argv else open_wicked_reading
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
    run(asked, told, reading=reading)
    print(*sorted(opened - before))
"""
LOOPBACK = ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")
"""127.0.0.1 and ::1 as the system's tables write them."""


def on_ray(sources: Path, folder: Path, *more: str) -> tuple[list[str], dict[str, str]]:
    """A command that runs the batch on Ray, and its environment."""
    script = folder / "on_ray.py"
    script.write_text(ON_RAY)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return [sys.executable, str(script), str(sources), str(folder / "ray"), *more], env


@needs_ray
@pytest.mark.slow
def test_workers_and_drivers_that_are_killed_cost_nothing(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "one"), reading=open_wicked_reading)
    command, env = on_ray(sources, tmp_path, "slow")
    ledger, out = tmp_path / "ray" / "ledger", tmp_path / "ray"
    landed = 0
    for kills in (["driver"], ["ray::MapWorker", "spawn_main"]):
        seen = set[int]()
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            had = len(list(ledger.glob("*.jsonl")))
            while running.poll() is None:
                time.sleep(0.1)
                seen |= below(running.pid)
                if not kills or len(list(ledger.glob("*.jsonl"))) == had:
                    continue
                what = kills.pop(0)
                victims = [running.pid] if what == "driver" else [pid for pid in sorted(seen) if what in line_of(pid)]
                os.kill(victims[-1], signal.SIGKILL)
                landed, had = landed + 1, len(list(ledger.glob("*.jsonl")))
        limit = time.monotonic() + 60
        while any(line_of(pid) for pid in seen) and time.monotonic() < limit:
            time.sleep(0.2)
        assert not [line_of(pid) for pid in seen if line_of(pid)]
    assert landed >= 2
    assert bytes_of(out) == bytes_of(tmp_path / "one")


@needs_ray
@pytest.mark.slow
def test_ray_gives_the_same_bytes_and_listens_on_loopback_alone(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "one"), reading=open_wicked_reading)
    command, env = on_ray(sources, tmp_path)
    ended = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)
    assert ended.returncode == 0, ended.stderr
    assert bytes_of(tmp_path / "ray") == bytes_of(tmp_path / "one")
    listening = ended.stdout.split()
    assert listening
    assert all(address.partition(":")[0] in LOOPBACK for address in listening)
