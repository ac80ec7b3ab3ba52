"""What the benchmarks share. The service is started by the harness of the end-to-end tests."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))


def arguments(description, default_binary=ROOT / "build" / "release" / "dontgoback", **more):
    """The command line of every script; `more`: option → (default, help)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--binary", type=Path, default=default_binary)
    parser.add_argument("--seconds", type=int, default=10, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each thing; the median counts")
    for name, (default, text) in more.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=text)
    given = parser.parse_args()
    if not given.binary.exists():
        preset = default_binary.relative_to(ROOT).parts[1]
        parser.error(f"{given.binary} is not there: cmake --preset {preset} && cmake --build --preset {preset}")
    return given
