"""What a .cypher file says of itself: documentation, parameters and columns, read from its text.

Not a Cypher parser: the tests put every file through ``EXPLAIN`` on real Neo4j. This reads only what the binder needs,
and knows strings, comments, quoted names and nesting so that it is not fooled by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SKIPPED = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `(?:``|[^`])*`""", re.VERBOSE | re.DOTALL
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_ALIAS = re.compile(r"(?:^|\bAS\s+)([A-Za-z_]\w*)$", re.IGNORECASE | re.DOTALL)
_TAIL = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT"})


@dataclass(frozen=True, slots=True)
class CypherText:
    """The text of one .cypher file.

    Attributes:
        text: the statement as it is sent, without the documentation.
        documentation: the file's first comment, one paragraph.
        parameters: the names after ``$``.
        columns: the names of the final ``RETURN``, in order; empty when there is none.
        unnamed: the returned expressions that lack ``AS name``.
    """

    text: str
    documentation: str
    parameters: frozenset[str]
    columns: tuple[str, ...]
    unnamed: tuple[str, ...] = ()


def read_cypher(source: str) -> CypherText:
    """Read ``source``, the whole text of a .cypher file that holds one statement."""
    lines = source.lstrip("\ufeff").strip().splitlines()
    comment = []
    while lines and lines[0].startswith("//"):
        comment.append(lines.pop(0).removeprefix("//").strip())
    text = "\n".join(lines).strip().rstrip(";")
    bare = _SKIPPED.sub(
        lambda match: " " * len(match.group()) if match.group()[0] != "`" else "x" * len(match.group()), text
    )
    items = [item.strip() for item in _returned(bare)]
    names = [_ALIAS.search(item) for item in items]
    return CypherText(
        text=text,
        documentation=" ".join(comment).strip(),
        parameters=frozenset(_PARAMETER.findall(bare)),
        columns=tuple(match.group(1) for match in names if match),
        unnamed=tuple(item for item, match in zip(items, names, strict=True) if not match),
    )


def _returned(bare: str) -> Iterator[str]:
    """The comma-separated items of the last RETURN outside all brackets."""
    start, stop = None, len(bare)
    for position, depth, word in _words(bare):
        if depth == 0 and word.upper() == "RETURN":
            start, stop = position + len(word), len(bare)
        elif depth == 0 and word.upper() in _TAIL:
            stop = min(stop, position)
    if start is None:
        return
    body = bare[start:stop].strip()
    body = re.sub(r"^DISTINCT\s+", "", body, flags=re.IGNORECASE)
    depth, begin = 0, 0
    for index, char in enumerate(body):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            yield body[begin:index]
            begin = index + 1
    yield body[begin:]


def _words(bare: str) -> Iterator[tuple[int, int, str]]:
    """(position, bracket depth, word) of every word."""
    depth, index = 0, 0
    while index < len(bare):
        char = bare[index]
        depth += (char in "([{") - (char in ")]}")
        match = _WORD.match(bare, index) if char.isalpha() or char == "_" else None
        if match:
            yield index, depth, match.group()
        index = match.end() if match else index + 1
