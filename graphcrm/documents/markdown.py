"""A document as CommonMark. Every text is escaped: it is shown as it stands and can be neither markup nor HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graphcrm.documents.model import Document, Style

_SIGNS = re.compile(r"([\\`*_\[\]#|<>~&$])")
_START = re.compile(r"^(\d*)([-+=.)])")
_FORMS: Mapping[Style, str] = {
    "fact": "{}  ",
    "section": "\n## {}\n",
    "question": "### {}\n",
    "value": "**{}**\n",
    "item": "- {}",
    "missing": "- **{}**",
    "helper": "  - {}",
    "note": "{}\n",
    "figure": "### {}\n",
    "reason": "- {}",
    "proof": "  - {}",
    "gap": "- {}",
}


def to_markdown(document: Document) -> str:
    """The document as Markdown (CommonMark 0.31), UTF-8."""
    lines = [f"# {escaped(document.title)}", ""]
    lines += [_FORMS[line.style].format(escaped(line.text)) for line in document.lines]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """``text`` with a backslash before every sign that Markdown would read."""
    return _START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))
