"""Keeps the catalogue of translations in step with the code.

    python tools/translations.py update     read every text out of the code, merge it into the .po files
    python tools/translations.py check      say what is not translated, and fail

Texts are read from the syntax tree, so that what babel's keyword scan cannot see is found as well: sentences and mends
of errors (``NotFound("...", mend="...")``), either branch of a condition, and the documentation of .cypher files.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "graphcrm"
LOCALES = PACKAGE / "locale"

TRANSLATORS = {"_", "translate", "N_"}
PLURALS = {"plural"}
# Local variables that hold a sentence or a mend before an error is made of them.
SENTENCE_VARIABLES = {"template", "mend"}
# Queries of the machinery: the app never shows them.
INTERNAL_TOPICS = {"ingest", "demo", "export", "changes", "editing", "accounts"}


@dataclass(frozen=True)
class Text:
    """One text of the code: ``plural`` is set for one with a number; ``place`` is ``path:line``."""

    singular: str
    plural: str | None
    place: tuple[str, int]


def texts() -> Iterator[Text]:
    """Every text of the product that a user may read."""
    errors = error_names()
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from python_texts(path.read_text("utf-8"), path.relative_to(ROOT).as_posix(), errors)
    for path in sorted((PACKAGE / "queries").rglob("*.cypher")):
        if path.parent.name in INTERNAL_TOPICS:
            continue
        documentation = first_comment(path.read_text("utf-8"))
        if documentation:
            yield Text(documentation, None, (path.relative_to(ROOT).as_posix(), 1))


def error_names() -> set[str]:
    """The names of all classes of the error tree, those defined beside it too."""
    bases = {"GraphcrmError"}
    classes = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    while True:
        found = {one.name for one in classes if any(name_of(base) in bases for base in one.bases)} - bases
        if not found:
            return bases
        bases |= found


def python_texts(source: str, path: str, errors: set[str]) -> Iterator[Text]:
    """The texts of one module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from call_texts(node, path, errors)
        elif isinstance(node, ast.Assign) and any(name_of(target) in SENTENCE_VARIABLES for target in node.targets):
            yield from (Text(text, None, (path, node.lineno)) for text in literals(node.value))


def call_texts(call: ast.Call, path: str, errors: set[str]) -> Iterator[Text]:
    """The texts that a call names, if it is one that takes any."""
    name, place = name_of(call.func), (path, call.lineno)
    if name in PLURALS and len(call.args) >= 2:
        for singular, plural in zip(literals(call.args[0]), literals(call.args[1]), strict=True):
            yield Text(singular, plural, place)
        return
    taken: list[ast.expr] = []
    if name in TRANSLATORS or name in errors:
        taken += call.args[:1]
    # A mend is a mend whoever makes the error of it.
    taken += [keyword.value for keyword in call.keywords if keyword.arg in SENTENCE_VARIABLES]
    for expression in taken:
        yield from (Text(text, None, place) for text in literals(expression))


def literals(expression: ast.expr) -> list[str]:
    """The texts an expression may be: itself, or either branch of a condition. Calls inside it speak for themselves."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return [expression.value] if expression.value else []
    if isinstance(expression, ast.IfExp):
        return [*literals(expression.body), *literals(expression.orelse)]
    return []


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name, or ""."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def first_comment(source: str) -> str:
    """A .cypher file's documentation, as the binder reads it."""
    from graphcrm.queries.cypher_text import read_cypher

    return read_cypher(source).documentation


def template() -> Catalog:
    """All texts as an empty catalogue."""
    catalogue = Catalog(project="graphcrm", charset="utf-8", fuzzy=False)
    for text in texts():
        msgid = (text.singular, text.plural) if text.plural else text.singular
        catalogue.add(msgid, locations=[text.place], flags=["python-brace-format"] if "{" in text.singular else [])
    return catalogue


def catalogues() -> Iterator[tuple[str, Path]]:
    """(language, .po file) of every language that is translated."""
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/graphcrm.po")):
        yield path.parents[1].name, path


def update() -> None:
    """Merge the code's texts into every .po file. New ones come in empty, vanished ones go."""
    wanted = template()
    for language, path in catalogues():
        catalogue = read_po(path.open("rb"), locale=language)
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as out:
            write_po(
                out, catalogue, width=120, omit_header=False, ignore_obsolete=True, sort_output=True, no_location=True
            )


def faults() -> Iterator[str]:
    """What is wrong with the catalogues, one line each."""
    import string

    def fields(text: str) -> set[str]:
        return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}

    wanted = {message.id for message in template() if message.id}
    for language, path in catalogues():
        known = {message.id: message for message in read_po(path.open("rb"), locale=language) if message.id}
        yield from (f"{language}: not in the catalogue: {msgid}" for msgid in wanted - known.keys())
        yield from (f"{language}: no longer in the code: {msgid}" for msgid in known.keys() - wanted)
        for msgid in wanted & known.keys():
            message = known[msgid]
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.fuzzy:
                yield f"{language}: fuzzy: {msgid}"
            if not all(strings):
                yield f"{language}: not translated: {msgid}"
                continue
            given = set().union(*(fields(text) for text in (msgid if isinstance(msgid, tuple) else (msgid,))))
            for text in strings:
                if fields(text) - given or (given - fields(text) and not isinstance(msgid, tuple)):
                    yield f"{language}: other fields than {sorted(given)}: {text}"


def main() -> int:
    """Run ``update`` or ``check``."""
    if sys.argv[1:] == ["update"]:
        update()
    found = sorted(faults())
    print("\n".join(found) or "Every text is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
