"""Options that several commands share, as one object: a command names the object, the command line shows its fields."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, get_type_hints

import typer

from graphcrm.cli.ask import parse_value


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Of which decision, and as of which day, a command asks."""

    deal: Annotated[
        str | None, typer.Option("--deal", help="One deal of the client, by its id. Without it: what holds as a rule.")
    ] = None
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-23. Without it: today.")] = None

    def subject(self, client: str) -> str | tuple[str, str]:
        """What the services are asked about."""
        return (client, self.deal) if self.deal else client

    def day(self, today: date) -> date:
        """The day.

        Raises:
            InvalidInput: it is none.
        """
        return today if self.as_of is None else parse_value("as_of", date, self.as_of)


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
