"""``graphcrm rate`` and ``ratings``: what several of ours think of one person's attitude, blind until they said it."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.named import code_of, named, refusals_told
from graphcrm.cli.options import TextForm, TextOrJson
from graphcrm.cli.output import print_json, say_lines
from graphcrm.config import load_settings
from graphcrm.formats import day
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import stance_rating as service
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command()
def rate(
    person: Annotated[str, typer.Argument(help="Who is rated, by id or name.")],
    support: Annotated[str, typer.Argument(help="mentor, supporter, neutral, non_supporter, enemy or unknown.")],
    by: Annotated[str, typer.Option("--by", help="Who of ours rates, by id or name.")],
    subject: Annotated[str, typer.Option("--in", help="In which decision: the id of a client or of a deal.")],
    words: Annotated[str | None, typer.Option("--why", help="Why, in words.")] = None,
) -> None:
    """Rate somebody's attitude to us. Of several ratings of one employee the newest counts."""
    with open_app(load_settings()) as opened:
        cells = {
            "person_id": named(opened, person),
            "subject_id": subject,
            "by_id": named(opened, by, "Employee"),
            "support": code_of("support", support),
            "words": words,
        }
        with refusals_told():
            service.rate(opened.database, opened.viewer, cells, key=secrets.token_hex(8), today=opened.today())
    print(_("Saved."))


@app.command()
def ratings(
    person: Annotated[str, typer.Argument(help="Who was rated, by id or name.")],
    by: Annotated[str, typer.Option("--by", help="Who of ours asks, by id or name: they see others once they rated.")],
    subject: Annotated[str, typer.Option("--in", help="In which decision: the id of a client or of a deal.")],
    form: TextForm = TextOrJson.text,
) -> None:
    """Show what several of ours think of somebody's attitude, and how far apart they are."""
    with open_app(load_settings()) as opened:
        found = service.ratings(
            opened.database, opened.viewer, named(opened, person), subject,
            employee_id=named(opened, by, "Employee"), as_of=opened.today(),
        )  # fmt: skip
    if form is TextOrJson.json:
        print_json(_as_json(found))
        return
    print(plural("{n} of ours has rated.", "{n} of ours have rated.", found.total))
    if not found.given:
        print(_("You see what others think once you have said what you think."))
    told = ((one.employee_name, _name(one.support), day(one.on), one.words) for one in found.ratings)
    say_lines((2, " · ".join(part for part in parts if part)) for parts in told)
    if found.spread is not None and found.spread.steps == 0:
        print(_("All agree: {attitude}.", attitude=_name(found.spread.best)))
    elif found.spread is not None:
        steps = plural("{n} step apart", "{n} steps apart", found.spread.steps)
        worst, best = _name(found.spread.worst), _name(found.spread.best)
        print(_("From {worst} to {best}: {steps}.", worst=worst, best=best, steps=steps))


def _name(code: str) -> str:
    return VOCABULARY.value_name("support", code, language())


def _as_json(found: service.Ratings) -> dict[str, object]:
    spread = found.spread
    return {
        "person": found.person_id,
        "subject": found.subject_id,
        "total": found.total,
        "ratings": [
            {"by": one.employee_id, "name": one.employee_name, "support": one.support, "on": one.on.isoformat(),
             "why": one.words}
            for one in found.ratings
        ],
        "spread": spread and asdict(spread),
    }  # fmt: skip
