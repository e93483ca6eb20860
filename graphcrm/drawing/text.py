"""How wide a text will be, without a font at hand.

The app draws in Source Sans, the typeface that Streamlit brings along. The table holds its advance widths (SIL Open
Font License; measured in Chromium, rounded to 1/50 em). Where another font is used the picture still holds: canvas
and SVG squeeze a text that turns out wider than planned.
"""

from __future__ import annotations

_WIDTHS = {
    0.20: " \u00a0",
    0.24: "',.:;ij|\u00a6\u00b7ìíîïĩīĭįıіїј‘’",
    0.26: "IlÌÍÎÏĨĪĬĮİļľІЇ",
    0.30: "!()[]f{}ł•",
    0.32: "-",
    0.34: "/\\rtª°ŕřţť",
    0.42: '"*?sz«»śşšźżžгѓѕ“”„',
    0.44: "xх",
    0.46: "cvyçýÿćčзстуэєў",
    0.48: "JLYÝĹĽŶŸЈ–",
    0.50: "#$+0123456789<=>F^_aegk~£¥§±×àáâãäåèéêë÷āăąēėęěğģķŁЃГавекьѐё",
    0.52: "EVXÈÉÊËĒĖĘĚЀЁЎЕУХчя",
    0.54: "ASTZhnouÀÁÂÃÄÅðñòóôõöøùúûüĀĂĄńņňōőŚŞŠŢŤūůűųŹŻŽЅАЗТбдло",
    0.56: "PRbdpqµþđŔŘРийнпр",
    0.58: "BCKÇÞßĆČďĶЄБВКСЬЭЯ",
    0.60: "&Чъ",
    0.62: "DGĎĞĢЛ",
    0.64: "NUÐÑÙÚÛÜĐŃŅŇŪŮŰŲДПЦм",
    0.66: "HOQÒÓÔÕÖØŌŐИЙНО",
    0.68: "Ђжы",
    0.72: "MwŵМЪ",
    0.74: "©Ффшю",
    0.77: "Wæщ",
    0.80: "Ы—",
    0.83: "%mÆЖ@Œœ",
    0.89: "ШЩЮ№",
    0.94: "…",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_OTHER = 0.6
_WIDE = 1.0
_SEMIBOLD = 1.034


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels at a font size in pixels. Unknown scripts count as wide."""
    ems = sum(_WIDTH_OF.get(character, _OTHER if ord(character) < 0x2E80 else _WIDE) for character in text)
    return ems * size * (_SEMIBOLD if bold else 1.0)


def ellipsise(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis if it is wider than ``width`` pixels."""
    if text_width(text, size, bold=bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrap(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> list[str]:
    """At most ``lines`` lines of at most ``width`` pixels, broken at spaces; what is left over ends in an ellipsis."""
    words = text.split()
    done: list[str] = []
    while words and len(done) < lines - 1:
        taken = 1
        while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, bold=bold) <= width:
            taken += 1
        done.append(ellipsise(" ".join(words[:taken]), width, size, bold=bold))
        words = words[taken:]
    if words:
        done.append(ellipsise(" ".join(words), width, size, bold=bold))
    return done
