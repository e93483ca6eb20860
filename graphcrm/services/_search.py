"""The words of a search as the full-text index wants them. Shared; not a service itself."""

from __future__ import annotations

MOST_WORDS = 8


def index_words(text: str) -> str:
    """All words of ``text`` as beginnings of words, without the signs that mean something to the index; none, empty."""
    words = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()[:MOST_WORDS]
    return " AND ".join(f"{word}*" for word in words)
