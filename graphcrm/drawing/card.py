"""What a node looks like: a person is a card that can be read without a click; an organisation is a tablet.

Two looks of the same size: ``full``, and ``far`` with fewer and larger words for a map that is zoomed out.
"""

from __future__ import annotations

from graphcrm.drawing.model import Chip, Look, MapNode
from graphcrm.drawing.shapes import BOLD, REGULAR, Shape, box, circle, line, scaled, words
from graphcrm.drawing.text import ellipsise, text_width, wrap

CARD = (208.0, 118.0)
TABLET = (188.0, 62.0)
RELATIVE = (196.0, 84.0)
PADDING = 13.0
RADIUS = 9.0
NAME, TITLE, CHIP = 16.0, 13.0, 12.0
FAR_NAME, FAR_CHIP, FAR_ROLE = 24.0, 18.0, 17.0
CHIP_HEIGHT = 19.0

LEFT, TOP = -CARD[0] / 2, -CARD[1] / 2
ROOM = CARD[0] - 2 * PADDING


def card_size(node: MapNode) -> tuple[float, float]:
    """Width and height of a node in pixels at zoom 1; people with more influence have somewhat larger cards."""
    width, height = {"organization": TABLET, "thing": TABLET, "relative": RELATIVE}.get(node.kind, CARD)
    return round(width * node.size), round(height * node.size)


def card_shapes(node: MapNode, look: Look) -> list[Shape]:
    """The shapes of a node, relative to its centre, back to front, at the size of :func:`card_size`."""
    if node.kind in ("organization", "thing"):
        shapes = _tablet(node, look)
    elif node.kind == "relative":
        shapes = _relative(node)
    else:
        inside = _far(node) if look == "far" else _full(node)
        shapes = [*_frame(node, tinted=look == "far"), *inside, *_badges(node, 1.5 if look == "far" else 1.0)]
    return shapes if node.size == 1.0 else [scaled(shape, node.size) for shape in shapes]


def _frame(node: MapNode, *, tinted: bool) -> list[Shape]:
    """The card itself, its ring when the person is a key figure, and the stance along its left side.

    From afar the whole card takes the tint of the stance: three hundred cards still show where support lies.
    """
    width, height = CARD
    shapes: list[Shape] = []
    if node.rank is not None:
        ring = (LEFT - 4, TOP - 4, width + 8, height + 8)
        shapes.append(box(ring, "canvas", radius=RADIUS + 4, outline=("accent", 2.5)))
    card = (LEFT, TOP, width, height)
    ground = f"soft:{node.stance.color}" if tinted and node.stance else "surface"
    broken = node.kind == "outsider" or node.open_seat
    edge = ("muted", 1.4) if broken else ("line", 1.2)
    shapes.append(box(card, ground, radius=RADIUS, outline=edge, dash=broken))
    if node.stance is not None:
        shapes.append(box((LEFT + 1, TOP + 12, 4, height - 24), node.stance.color, radius=2))
    return shapes


def _full(node: MapNode) -> list[Shape]:
    left, baseline = LEFT + PADDING, TOP + 25
    shapes: list[Shape] = []
    names = wrap(node.name, ROOM, NAME, lines=2, bold=True)
    for text in names:
        shapes.append(words((left, baseline), text, (NAME, BOLD), "ink", ROOM))
        baseline += 18
    for text in wrap(node.title, ROOM, TITLE, lines=3 - len(names)):
        shapes.append(words((left, baseline - 1), text, (TITLE, REGULAR), "muted", ROOM))
        baseline += 15
    row = -TOP - 10 - CHIP_HEIGHT
    if node.stance is not None:
        shapes += _chip(left, row, node.stance, dot=True)
    shapes += _coverage(node, -LEFT - PADDING - 19, row + CHIP_HEIGHT - 3)
    return shapes + _role_chips(node.roles, left, row - CHIP_HEIGHT - 4)


def _far(node: MapNode) -> list[Shape]:
    left, room = LEFT + PADDING, ROOM + 4
    shapes: list[Shape] = []
    for index, text in enumerate(wrap(node.name, room, FAR_NAME, lines=2, bold=True)):
        shapes.append(words((left, TOP + 33 + index * 25), text, (FAR_NAME, BOLD), "ink", room))
    if node.roles:
        more = f" +{len(node.roles) - 1}" if len(node.roles) > 1 else ""
        text = ellipsise(node.roles[0].text, room - text_width(more, FAR_ROLE), FAR_ROLE) + more
        shapes.append(words((left, TOP + 84), text, (FAR_ROLE, REGULAR), f"text:{node.roles[0].color}", room))
    if node.stance is not None:
        shapes.append(circle((left + 7, -TOP - 17), 7, node.stance.color))
        text = ellipsise(node.stance.text, room - 24, FAR_CHIP, bold=True)
        color = f"text:{node.stance.color}"
        shapes.append(words((left + 22, -TOP - 11), text, (FAR_CHIP, BOLD), color, room - 24))
    return shapes


def _badges(node: MapNode, grow: float) -> list[Shape]:
    """The rank on the upper left corner; gaps, and a sign that the deal differs, on the upper right one."""
    shapes: list[Shape] = []
    if node.rank is not None:
        x, y, radius = LEFT + 2, TOP + 2, 12 * grow
        size = (13 if node.rank < 100 else 10) * grow
        shapes.append(circle((x, y), radius, "accent", ("canvas", 2)))
        shapes.append(words((x, y + size * 0.35), str(node.rank), (size, BOLD), "on_accent", radius * 2, 0))
    right = -LEFT + 6
    for text, ground, ink in ((f"?{node.gaps}" if node.gaps else "", "warn", "on_warn"),
                              ("≠" if node.differs else "", "accent", "on_accent")):  # fmt: skip
        if text:
            size = 12 * grow
            pill = text_width(text, size, bold=True) + 12 * grow
            x, y = right - pill, TOP - 8 * grow
            shapes.append(box((x, y, pill, 18 * grow), ground, radius=9 * grow, outline=("canvas", 1.5)))
            shapes.append(words((x + pill / 2, y + 13 * grow), text, (size, BOLD), ink, pill, 0))
            right = x - 3
    return shapes


def _tablet(node: MapNode, look: Look) -> list[Shape]:
    """An organisation or a thing: round ends, a small building or a dot, the name, and its kind below."""
    width, height = TABLET
    left, room = -width / 2, width - 62
    whole = (left, -height / 2, width, height)
    shapes: list[Shape] = [box(whole, "surface", radius=height / 2, outline=("muted", 1.4))]
    x = left + 22
    if node.roles:
        shapes.append(circle((x + 6, 0), 8, node.roles[0].color))
    else:
        shapes.append(box((x, -11, 13, 22), "", radius=1.5, outline=("muted", 1.5)))
        shapes += [line((x + 3.5, y), (x + 9.5, y), "muted", 1.5) for y in (-5, 1)]
    size = 19.0 if look == "far" else 14.0
    title = ellipsise(node.title, room, 12) if look == "full" else ""
    names = wrap(node.name, room, size, lines=1 if title else 2, bold=True)
    baseline = size * 0.35 - (len(names) - 1 + bool(title)) * size * 0.58
    for text in names:
        shapes.append(words((left + 46, baseline), text, (size, BOLD), "ink", room))
        baseline += size * 1.16
    if title:
        shapes.append(words((left + 46, baseline), title, (12, REGULAR), "muted", room))
    return shapes


def _relative(node: MapNode) -> list[Shape]:
    """Somebody in a family tree: name, what they are to the person, and what is to be watched."""
    width, height = RELATIVE
    left, top, room = -width / 2 + PADDING, -height / 2, width - 2 * PADDING
    outline = ("accent", 2.0) if node.rank is not None else ("line", 1.2)
    return [
        box((-width / 2, top, width, height), "surface", radius=RADIUS, outline=outline),
        words((left, top + 24), ellipsise(node.name, room, NAME, bold=True), (NAME, BOLD), "ink", room),
        words((left, top + 42), ellipsise(node.title, room, TITLE), (TITLE, REGULAR), "muted", room),
        *_role_chips(node.roles, left, -top - 9 - CHIP_HEIGHT),
    ]


def _role_chips(roles: tuple[Chip, ...], left: float, top: float) -> list[Shape]:
    """As many role chips as fit in a row; the rest is counted."""
    shapes: list[Shape] = []
    x = left
    for index, role in enumerate(roles):
        rest = len(roles) - index
        room = left + ROOM - x - (26 if rest > 1 else 0)
        wanted = chip_width(role.text, dot=False)
        if wanted > room and index:
            shapes.append(words((x + 2, top + 13.5), f"+{rest}", (CHIP, BOLD), "muted", 24))
            break
        shapes += _chip(x, top, Chip(ellipsise(role.text, room - 14, CHIP), role.color), dot=False)
        x += min(wanted, room) + 5
    return shapes


def chip_width(text: str, *, dot: bool) -> float:
    """The width of a chip in pixels, with or without a dot before the word."""
    return text_width(text, CHIP) + (24 if dot else 14)


def _chip(x: float, top: float, chip: Chip, *, dot: bool) -> list[Shape]:
    width, inset = chip_width(chip.text, dot=dot), 17 if dot else 7
    shapes: list[Shape] = [box((x, top, width, CHIP_HEIGHT), f"soft:{chip.color}", radius=5)]
    if dot:
        shapes.append(circle((x + 9, top + CHIP_HEIGHT / 2), 4, chip.color))
    at, color = (x + inset, top + 13.5), f"text:{chip.color}"
    return [*shapes, words(at, chip.text, (CHIP, REGULAR), color, width - inset - 6)]


def _coverage(node: MapNode, x: float, bottom: float) -> list[Shape]:
    """How well we cover the person: three bars, filled as far as we do; a question mark when that is not known."""
    if node.kind == "outsider":
        return []
    if node.coverage is None:
        return [words((x + 19, bottom), "?", (14, BOLD), "muted", 12, 1)]
    return coverage_bars(x, bottom, node.coverage)


def coverage_bars(x: float, bottom: float, coverage: int) -> list[Shape]:
    """Three rising bars, the first ``coverage`` of them filled; crossed out when there is none."""
    shapes: list[Shape] = []
    for index in range(3):
        height = 5 + 4 * index
        fill = "ink" if index < coverage else "line"
        shapes.append(box((x + index * 7, bottom - height, 5, height), fill, radius=1))
    if coverage == 0:
        shapes.append(line((x - 1, bottom - 13), (x + 20, bottom + 1), "muted", 1.5))
    return shapes
