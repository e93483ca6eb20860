"""Pictures for documents: how large a page they need, and as PNG where a form takes no SVG. Typst draws them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import typst

from graphcrm.documents.model import Drawing

MARGIN = 42.0
"""Space on each side of a page that holds a picture only, in points."""
HEADING = 46.0
LARGEST = 0.75
"""Points for a pixel when there is room enough: the size that the picture has on a screen."""
SMALLEST = 0.45
"""Below this the words on the cards are smaller than 5.4 points, too small to read on paper."""
PAPERS: Mapping[str, tuple[float, float]] = {
    "a4": (842.0, 595.0),
    "a3": (1191.0, 842.0),
    "a2": (1684.0, 1191.0),
    "a1": (2384.0, 1684.0),
    "a0": (3370.0, 2384.0),
}
"""Width and height of each paper across, in points."""
INLINE = (470.0, 560.0)
"""What fits among the text of an upright A4 page."""
MOST_DOTS = 3000
_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a picture goes: ``paper`` across, or "" when it fits among the text; its size there in points."""

    paper: str
    width: float
    height: float


def room_for(drawing: Drawing, largest_paper: str = "a0") -> Room:
    """The smallest room where the words of the picture can be read; the largest paper when there is none."""
    scale = _scale(drawing, INLINE)
    if scale >= SMALLEST:
        return Room("", drawing.width * scale, drawing.height * scale)
    paper = largest_paper
    for paper, (width, height) in PAPERS.items():
        scale = _scale(drawing, (width - 2 * MARGIN, height - 2 * MARGIN - HEADING))
        if scale >= SMALLEST or paper == largest_paper:
            break
    return Room(paper, drawing.width * scale, drawing.height * scale)


def _scale(drawing: Drawing, room: tuple[float, float]) -> float:
    return min(room[0] / drawing.width, room[1] / drawing.height, LARGEST)


def to_png(drawing: Drawing, most_dots: int = MOST_DOTS) -> bytes:
    """The picture as PNG, twice as fine as on a screen, at most ``most_dots`` pixels wide or high."""
    fineness = min(2.0, most_dots / max(drawing.width, drawing.height))
    with fonts() as folder:
        made = typst.compile(
            _TEMPLATE,
            format="png",
            sys_inputs={"svg": drawing.svg, "width": str(drawing.width)},
            font_paths=[folder],
            ignore_system_fonts=True,
            ppi=72 * fineness,
        )
    assert isinstance(made, bytes)
    return made


@contextmanager
def fonts() -> Iterator[Path]:
    """The folder of the fonts that go with the documents: the same pictures on every machine, Cyrillic included."""
    with as_file(files("graphcrm.documents") / "fonts") as folder:
        yield folder
