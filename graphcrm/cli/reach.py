"""``graphcrm reach``: the warmest allowed ways from us to a person."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.ask import parse_value
from graphcrm.cli.named import named
from graphcrm.config import load_settings
from graphcrm.errors import InvalidInput
from graphcrm.i18n import LANGUAGES, use_language
from graphcrm.services import introductions

app = typer.Typer()

SHOWN_REASONED = 5


class Format(StrEnum):
    """How the ways are printed."""

    text = "text"
    json = "json"


@app.command()
def reach(
    person: Annotated[str, typer.Argument(help="The id of the person, or a name that only one bears.")],
    most: Annotated[int, typer.Option(min=1, max=20, help="At most so many ways.")] = 5,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-23. Without it: today.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en or ru")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the ways.")] = Format.text,
) -> None:
    """Who of ours can introduce us to a person, over whom; the weakest link and what to ask."""
    if language is not None:
        if language not in LANGUAGES:
            raise InvalidInput("graphcrm does not speak {language}.", mend="Choose en or ru.", language=language)
        use_language(language)
    with open_app(load_settings()) as opened:
        day = opened.today() if as_of is None else parse_value("as_of", date, as_of)
        person_id = named(opened, person)
        found = introductions.reach(opened.database, opened.viewer, person_id, as_of=day, most=most)
        reasoned = [] if found.ours else introductions.reasoned(opened.database, opened.viewer, person_id, as_of=day)
    if form is Format.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        return
    for line in introductions.reach_lines(found, reasoned[:SHOWN_REASONED]):
        print("".join(sign if sign.isprintable() else " " for sign in line))


def _as_json(found: introductions.Reach) -> dict[str, object]:
    return {
        "person_id": found.person_id,
        "as_of": found.as_of.isoformat(),
        "exact": found.ways.exact,
        "ways": [
            {
                "warmth": round(chain.warmth, 4),
                "colder_than_a_cold_call": chain.is_colder_than_a_cold_call,
                "people": [{"id": one, "name": found.names.get(one, one)} for one in chain.people],
                "ties": [
                    {"id": link.tie.id, "kind": link.tie.kind, "warmth": round(link.warmth.value, 4)}
                    for link in chain.links
                ],
                "weakest": {"kind": chain.weakest.kind, "at": chain.weakest.at},
            }
            for chain in (*found.ways.warm, *found.ways.cold)
        ],
        "nearest": None if found.nearest is None else found.nearest.person_ids,
    }
