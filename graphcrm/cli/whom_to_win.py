"""``graphcrm win``: the smallest groups of people whose support is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AS_A_RULE, TextForm, TextOrJson, Viewpoint, with_options
from graphcrm.cli.output import print_json, say_lines
from graphcrm.config import load_settings
from graphcrm.domain.key_players import WinningSet
from graphcrm.domain.key_players_question import WANTED, Wish
from graphcrm.domain.score import Reason
from graphcrm.formats import day, share
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import whom_to_win as service
from graphcrm.services._wording import sentence
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command()
@with_options
def win(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    wanted: Annotated[
        float, typer.Option("--share", help="The share of the decision that is enough, 0 to 1.")
    ] = WANTED,
    size: Annotated[
        int | None, typer.Option(help="The best groups of so many people, in place of the smallest.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="The id of a person who cannot be won. Repeat it.")
    ] = None,
    view: Viewpoint = AS_A_RULE,
    form: TextForm = TextOrJson.text,
) -> None:
    """Whom to win: the smallest group of people whose support is enough, and the runners-up."""
    wish = Wish(wanted, size, frozenset(without or ()))
    with open_app(load_settings()) as opened:
        at, subject = view.day(opened.today()), view.subject(client)
        found = service.whom_to_win(opened.database, opened.viewer, subject, as_of=at, wish=wish)
    if form is TextOrJson.json:
        print_json(_as_json(found))
        return
    say_lines(_lines(found))


def _lines(found: service.WhomToWinAtClient) -> Iterator[tuple[int, str]]:
    answer, structure = found.answer, found.structure
    yield 0, _("{client}: whom to win, as of {day}", client=found.client_name, day=day(structure.as_of))
    yield 0, service.status_line(answer)
    if answer.sets:
        yield 0, service.how_sure(answer)
    if answer.status == "enough_already" and answer.backed:
        yield from _group(found, answer.backed, "")
    for place, group in enumerate(answer.sets, start=1):
        yield from _group(found, group, f"{place}. ")
    if answer.further:
        people = ", ".join(f"{structure.names[person]} +{share(gain)}" for person, gain in answer.further)
        yield 0, _("Each further person would add: {people}", people=people)
    yield from ((0, line) for line in service.requirement_lines(answer, structure))


def _group(found: service.WhomToWinAtClient, group: WinningSet, place: str) -> Iterator[tuple[int, str]]:
    yield 0, f"{place}{_reach(group)}"
    for reason in group.score.reasons:
        yield 3, f"+{share(reason.contribution)} {sentence(reason.code, reason.params)}"
        yield from ((8, line) for line in _proof(found, reason))
    for need in group.unmet:
        yield 3, f"! {service.unmet_line(need, found.structure.names)}"


def _reach(group: WinningSet) -> str:
    score = group.score
    reach = share(score.value)
    if score.is_uncertain:
        reach += " " + _("({low} to {high})", low=share(score.low), high=share(score.high))
    return _("{reach} of the decision", reach=reach)


def _proof(found: service.WhomToWinAtClient, reason: Reason) -> Iterator[str]:
    for fact in reason.facts:
        tie = found.evidence.get(fact.id)
        if tie is not None:
            verb = VOCABULARY.ties[tie.type].name_in(language())
            source = _("source: {source}", source=tie.source) if tie.source else _("source not known")
            yield f"{tie.source_name} · {verb} · {tie.target_name} ({source})"


def _as_json(found: service.WhomToWinAtClient) -> dict[str, Any]:
    answer, names = found.answer, found.structure.names
    return {
        "client": found.client_id,
        "as_of": found.structure.as_of.isoformat(),
        "status": answer.status,
        "wanted": answer.wanted,
        "possible": answer.possible,
        "exact": answer.is_exact,
        "bound": answer.bound,
        "least_size": answer.least_size,
        "backing": list(answer.backing),
        "sets": [
            {
                "reach": group.score.value,
                "low": group.score.low,
                "high": group.score.high,
                "members": [
                    {"id": person, "name": names[person], "gain": gain}
                    for person, gain in zip(group.members, group.gains, strict=True)
                ],
                "reasons": [sentence(reason.code, reason.params) for reason in group.score.reasons],
                "ties": [fact.id for fact in group.score.facts if fact.kind == "tie"],
            }
            for group in answer.sets
        ],
        "further": [{"id": person, "name": names[person], "gain": gain} for person, gain in answer.further],
        "not_known": list(service.requirement_lines(answer, found.structure)),
    }
