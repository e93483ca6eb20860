"""Colours by what they are for, so that one drawing serves the light and the dark theme.

A shape names a *token*: ``ink``, ``muted``, ``line``, ``surface``, ``canvas``, ``accent``, ``on_accent``, ``warn``,
``on_warn``; or a colour of the vocabulary as ``#rrggbb`` (as it is), ``soft:#rrggbb`` (a tint to write on),
``text:#rrggbb`` (that colour, made legible on its own tint). paint.js resolves the same tokens with the
same arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, each as ``#rrggbb``. ``dark`` tells which way tints and texts are mixed."""

    canvas: str
    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    warn: str
    on_warn: str
    dark: bool = False

    def resolve(self, token: str) -> str:
        """The colour of a token, as ``#rrggbb``; "" (draw nothing) stays ""."""
        if token.startswith("soft:"):
            return mix(token[5:], self.surface, 0.24 if self.dark else 0.13)
        if token.startswith("text:"):
            return mix(token[5:], "#ffffff", 0.52) if self.dark else mix(token[5:], "#000000", 0.70)
        return token if not token or token.startswith("#") else str(getattr(self, token))


LIGHT = Palette(
    canvas="#f7f8fa",
    surface="#ffffff",
    ink="#262b36",
    muted="#626a78",
    line="#d5dae1",
    accent="#b7791f",
    on_accent="#ffffff",
    warn="#fde8c8",
    on_warn="#7a4a05",
)
PAPER = replace(LIGHT, canvas="#ffffff")
DARK = Palette(
    canvas="#11151c",
    surface="#1e2430",
    ink="#eef1f5",
    muted="#a9b2bf",
    line="#3b4454",
    accent="#e0a94a",
    on_accent="#20180a",
    warn="#4d3a17",
    on_warn="#ffd99a",
    dark=True,
)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two ``#rrggbb``: ``share`` of the first, the rest of the second."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{int(a * share + b * (1 - share) + 0.5):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
