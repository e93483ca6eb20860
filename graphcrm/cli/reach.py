"""``graphcrm reach``: the warmest allowed ways from us to a person."""

from __future__ import annotations

from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.named import named
from graphcrm.cli.options import AsOf, Language, TextForm, TextOrJson, speak
from graphcrm.cli.output import print_json, say
from graphcrm.config import load_settings
from graphcrm.services import introductions

app = typer.Typer()

SHOWN_REASONED = 5


@app.command()
def reach(
    person: Annotated[str, typer.Argument(help="The id of the person, or a name that only one bears.")],
    most: Annotated[int, typer.Option(min=1, max=20, help="At most so many ways.")] = 5,
    as_of: AsOf = None,
    language: Language = None,
    form: TextForm = TextOrJson.text,
) -> None:
    """Who of ours can introduce us to a person, over whom; the weakest link and what to ask."""
    speak(language)
    with open_app(load_settings()) as opened:
        day = as_of or opened.today()
        person_id = named(opened, person)
        found = introductions.reach(opened.database, opened.viewer, person_id, as_of=day, most=most)
        reasoned = [] if found.ours else introductions.reasoned(opened.database, opened.viewer, person_id, as_of=day)
    if form is TextOrJson.json:
        print_json(_as_json(found))
        return
    for line in introductions.reach_lines(found, reasoned[:SHOWN_REASONED]):
        say(line)


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
