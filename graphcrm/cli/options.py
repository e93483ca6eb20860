"""What several commands take: days, forms of the answer, and options that belong together as one object.

A command names the object, the command line shows its fields.
"""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, get_type_hints

import typer

from graphcrm.errors import InvalidInput
from graphcrm.i18n import LANGUAGES, N_, use_language


def parse_value(name: str, kind: type, text: str) -> Any:
    """``text`` as a value of ``kind``.

    Raises:
        InvalidInput: it is none; the message says what is wanted, with an example.
    """
    try:
        if kind is bool:
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[text.strip().lower()]
        if kind in (date, datetime):
            return kind.fromisoformat(text.strip())
        return kind(text.strip()) if kind in (int, float) else text
    except (KeyError, ValueError) as error:
        template, example = _WANTED[kind]
        raise InvalidInput(
            template, mend="For example {example}.", name=name, text=repr(text), example=example
        ) from error


_WANTED: Mapping[type, tuple[str, str]] = {
    bool: (N_("{name} wants true or false, not {text}."), "true"),
    int: (N_("{name} wants a whole number, not {text}."), "10"),
    float: (N_("{name} wants a number, not {text}."), "0.5"),
    date: (N_("{name} wants a day, not {text}."), "2026-11-23"),
    datetime: (N_("{name} wants a day and time, not {text}."), "2026-11-23T09:30:00+00:00"),
}
"""What a value of a kind is wanted to be, and an example."""


KINDS: Mapping[str, type] = {
    "text": str,
    "int": int,
    "float": float,
    "bool": bool,
    "date": date,
    "datetime": datetime,
}
"""Kinds of a value whose kind nobody declares, by the word for it after the parameter's name."""


def parse_free(item: str) -> tuple[str, Any]:
    """The name and the value of ``name=value`` or ``name:kind=value``.

    Without a kind, what is written as in JSON (a number, true, false, null, a list, a map, a text in quotes) is that;
    all else is text.

    Raises:
        InvalidInput: no ``=``, an unknown kind, or a value that is not of the kind.
    """
    told, equals, text = item.partition("=")
    name, colon, kind = (part.strip() for part in told.partition(":"))
    if not equals or not name:
        raise InvalidInput("{item} is not a parameter.", mend="Write it as name=value.", item=item)
    if not colon:
        try:
            return name, json.loads(text, parse_constant=lambda word: word)
        except (ValueError, RecursionError):
            return name, text
    if kind not in KINDS:
        raise InvalidInput(
            "{kind} is not a kind of value.", mend="Choose one of: {kinds}.", kind=kind, kinds=", ".join(KINDS)
        )
    return name, parse_value(name, KINDS[kind], text)


def day_option(flag: str, about: str) -> Any:
    """An option that is a day. What is none is refused before anything is asked, by the name of the option."""

    def parsed(text: str) -> date:
        day: date = parse_value(flag, date, text)
        return day

    return typer.Option(flag, parser=parsed, metavar="DAY", help=about)


AsOf = Annotated[date | None, day_option("--as-of", "The day, as 2026-11-23. Without it: today.")]


class TextOrJson(StrEnum):
    """Forms of an answer that is told in sentences."""

    text = "text"
    json = "json"


class TableOrJson(StrEnum):
    """Forms of an answer that is a table."""

    table = "table"
    json = "json"


class TableCsvOrJson(StrEnum):
    """Forms of an answer that is a table and nothing else."""

    table = "table"
    csv = "csv"
    json = "json"


_format = typer.Option("--format", "-f", help="How to print the answer.")
TextForm = Annotated[TextOrJson, _format]
TableForm = Annotated[TableOrJson, _format]
TableCsvForm = Annotated[TableCsvOrJson, _format]

Language = Annotated[str | None, typer.Option("--language", help="en or ru")]


def speak(language: str | None) -> None:
    """Take the language for this command; None keeps the one in use.

    Raises:
        InvalidInput: graphcrm does not speak it.
    """
    if language is None:
        return
    if language not in LANGUAGES:
        raise InvalidInput("graphcrm does not speak {language}.", mend="Choose en or ru.", language=language)
    use_language(language)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Of which decision, and as of which day, a command asks."""

    deal: Annotated[
        str | None, typer.Option("--deal", help="One deal of the client, by its id. Without it: what holds as a rule.")
    ] = None
    as_of: AsOf = None

    def subject(self, client: str) -> str | tuple[str, str]:
        """What the services are asked about."""
        return (client, self.deal) if self.deal else client

    def day(self, today: date) -> date:
        """The day that was named, else today."""
        return self.as_of or today


AS_A_RULE = Viewpoint()
"""What holds as a rule, today."""


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters that are dataclasses are spread into their fields for the command line."""
    hints = get_type_hints(command, include_extras=True)
    objects = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    spread: list[inspect.Parameter] = []
    for name, given in inspect.signature(command).parameters.items():
        if name not in objects:
            spread.append(given.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
            continue
        own = get_type_hints(objects[name], include_extras=True)
        spread += [
            inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=own[one.name])
            for one in fields(objects[name])
        ]

    @functools.wraps(command)
    def gathered(**values: Any) -> None:
        for name, kind in objects.items():
            values[name] = kind(**{one.name: values.pop(one.name) for one in fields(kind)})
        command(**values)

    del gathered.__wrapped__  # type: ignore[attr-defined]  # else its own parameters would be seen
    gathered.__signature__ = inspect.Signature(spread)  # type: ignore[attr-defined]
    gathered.__annotations__ = {one.name: one.annotation for one in spread}
    return gathered
