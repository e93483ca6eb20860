"""Writes the seed data: ``python seed/generate.py [--into FOLDER]``. Same code and sources, same bytes."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.build import build


def main() -> None:
    """Write the CSV files beside this script, or into another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, help="folder for the CSV files")
    folder: Path = parser.parse_args().into
    folder.mkdir(parents=True, exist_ok=True)
    for name, count in build().write(folder).items():
        print(f"{count:6d}  {name}")


if __name__ == "__main__":
    main()
