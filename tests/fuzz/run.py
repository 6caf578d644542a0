"""`python -m tests.fuzz.run TARGET [options of libFuzzer]`: atheris on one target, until it finds a crash or its time is over."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["extract"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz the target that is named first."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
