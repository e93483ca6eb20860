"""``graphcrm what-if``: what breaks at a client when somebody or something goes, and what would mend it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from graphcrm.bootstrap import App, open_app
from graphcrm.cli.options import AS_A_RULE, TextForm, TextOrJson, Viewpoint, parse_value, with_options
from graphcrm.cli.output import print_json, say_lines
from graphcrm.config import load_settings
from graphcrm.documents.model import flat
from graphcrm.domain.scenario import Change
from graphcrm.domain.score import Reason
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.formats import day, share
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import scenarios as kept
from graphcrm.services import what_if as service
from graphcrm.services._wording import sentence
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command("what-if")
@with_options
def what_if(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Who or what goes: id or name of a person, ours or theirs, a partner, a tie."),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help="A new tie: OURS>THEIRS for a contact, ONE>OTHER=7 for an influence; ids."),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Begin with the kept scenario of this name.")
    ] = None,
    view: Viewpoint = AS_A_RULE,
    form: TextForm = TextOrJson.text,
) -> None:
    """What if: whom we no longer reach, what changes in the ranking, what would mend it. Nothing is written."""
    with open_app(load_settings()) as opened:
        at = view.day(opened.today())
        asked = (opened.database, opened.viewer, view.subject(client))
        today = service.what_if(*asked, as_of=at)
        begun = _named(opened, client, scenario).changes if scenario else ()
        changes = [*begun, *_given(today, without or (), add or ())]
        found = service.what_if(*asked, as_of=at, changes=changes) if changes else today
    if form is TextOrJson.json:
        print_json(_as_json(found))
        return
    say_lines(_lines(found))


@app.command("scenarios")
def scenarios(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    save: Annotated[str | None, typer.Option("--save", help="Keep a scenario of this name; say what goes.")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="As in what-if.")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", help="As in what-if.")] = None,
    forget: Annotated[str | None, typer.Option("--forget", help="Delete the scenario of this name.")] = None,
) -> None:
    """List the scenarios that are kept beside a client's map; keep one; delete one."""
    with open_app(load_settings()) as opened:
        asked = (opened.database, opened.viewer, client)
        if save is not None:
            found = service.what_if(*asked, as_of=opened.today())
            changes = tuple(_given(found, without or (), add or ()))
            kept.save_scenario(*asked, save, changes, key=secrets.token_hex(8))
        if forget is not None:
            kept.forget_scenario(*asked, _named(opened, client, forget).id)
        for one in kept.scenarios(opened.database, client):
            print(flat(f"{one.name} ({len(one.changes)}, {one.by or ''})"))


def _named(opened: App, client: str, name: str) -> kept.Scenario:
    for one in kept.scenarios(opened.database, client):
        if one.name.casefold() == " ".join(name.split()).casefold():
            return one
    raise NotFound("There is no such scenario.", mend="graphcrm scenarios CLIENT lists them.")


def _given(found: service.WhatIfAtClient, without: Sequence[str], add: Sequence[str]) -> Iterator[Change]:
    for text in without:
        yield service.resolve(found, text)
    ours = {one.id for one in found.ours}
    for text in add:
        ends, _equals, strength = text.partition("=")
        source, arrow, target = (part.strip() for part in ends.partition(">"))
        if not (arrow and source and target):
            raise InvalidInput("{text} is no tie.", mend="Write ONE>OTHER, or ONE>OTHER=7.", text=repr(text))
        known = parse_value("strength", float, strength) if strength else None
        yield Change("contact" if source in ours else "influence", "", source, target, known)


def _lines(found: service.WhatIfAtClient) -> Iterator[tuple[int, str]]:
    result, names = found.result, found.names
    yield 0, _("{client}: what if, as of {day}", client=found.client_name, day=day(found.structure.as_of))
    for change in found.changes:
        yield 2, service.change_words(found, change)
    for change in result.missing:
        yield 2, _("Does not apply: {change}", change=service.change_words(found, change))
    for line in service.result_lines(found):
        yield 0, line
    for one, way in result.lost.items():
        route = " → ".join(names.get(step, step) for step in way[:-1])
        yield 2, _("no longer reached: {person} (was over {way})", person=names[one], way=route)
    for title, side in ((_("Reach as it is"), result.before), (_("Reach then"), result.after)):
        yield 0, title
        for reason in side.reach.reasons:
            yield 2, _reason(reason)
            yield from ((6, line) for line in _proof(found, reason))
    for move in result.moves[:10]:
        yield 2, f"{move.name}: {service.rank_words(move)}"
    if result.repairs:
        yield 0, _("A new contact would add most with:")
    for repair in result.repairs:
        yield 2, f"+{share(repair.gain)} {sentence(repair.reason.code, repair.reason.params)}"


def _reason(reason: Reason) -> str:
    told = sentence(reason.code, reason.params)
    return f"+{share(reason.contribution)} {told}" if reason.value is not None else told


def _proof(found: service.WhatIfAtClient, reason: Reason) -> Iterator[str]:
    for fact_id in dict.fromkeys(fact.id for fact in reason.facts):
        tie = found.evidence.get(fact_id)
        if tie is not None:
            yield f"{tie.source_name} · {VOCABULARY.ties[tie.type].name_in(language())} · {tie.target_name}"


def _as_json(found: service.WhatIfAtClient) -> dict[str, Any]:
    result, names = found.result, found.names
    sides = {
        name: {
            "reach": side.reach.value,
            "map_health": side.health.level,
            "reached": sorted(side.access.ways),
            "hangs_on": [one.id for one in side.access.singles],
            "cut": None if side.access.cut is None else list(side.access.cut),
            "fragmentation": side.fragmentation,
        }
        for name, side in (("before", result.before), ("after", result.after))
    }
    return {
        "client": found.client_id,
        "as_of": found.structure.as_of.isoformat(),
        **sides,
        "lost": [{"id": one, "name": names[one], "way": list(way)} for one, way in result.lost.items()],
        "gained": list(result.gained),
        "moves": [
            {
                "id": move.person_id,
                "name": move.name,
                "rank_before": move.before.rank if move.before else None,
                "rank_after": move.after.rank if move.after else None,
            }
            for move in result.moves
        ],
        "repairs": [{"id": one.person_id, "name": names[one.person_id], "gain": one.gain} for one in result.repairs],
        "not_applied": [service.change_words(found, change) for change in result.missing],
    }
