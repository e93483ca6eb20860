"""The seed files as rows of texts."""

import csv
from functools import cache
from pathlib import Path

SEED = Path(__file__).resolve().parents[1] / "seed"


@cache
def rows(stem: str) -> tuple[dict[str, str], ...]:
    """The rows of one seed file."""
    with (SEED / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
