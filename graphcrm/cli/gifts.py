"""``graphcrm gifts``: what is under way, which gift and which method suit somebody, the register for the auditor."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.document import write_file
from graphcrm.cli.options import day_option
from graphcrm.cli.output import say
from graphcrm.config import load_settings
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.money import Money
from graphcrm.errors import InvalidInput
from graphcrm.formats import day, exact_money, number
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services._wording import sentence
from graphcrm.services.gift_choice import GiftChoice, barred_words, gift_choice
from graphcrm.services.gift_register import gift_register, register_csv, register_workbook
from graphcrm.services.gifts import gifts_under_way
from graphcrm.services.goodwill_methods import WordsPlan, goodwill_methods, plan_words
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer(help="Gifts: what is under way, what suits whom, the register.", no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="The id of a person.")]
On = Annotated[date | None, day_option("--on", "The day of the gift, as 2026-12-14. Without it: today.")]


@app.command("list")
def list_gifts(
    every: Annotated[bool, typer.Option("--all", help="Those that are done or dropped, too.")] = False,
) -> None:
    """Show the gifts that are under way, those that wait for approval first."""
    with open_app(load_settings()) as opened:
        views = gifts_under_way(opened.database, opened.viewer, today=opened.today(), all_states=every)
    for view in views:
        gift = view.gift
        value = exact_money(Money.of(gift.cost, gift.currency))
        status = VOCABULARY.value_name("action_status", gift.status, language())
        parts = [gift.id, status, day(gift.day), gift.person_name, gift.offering_name or gift.description or "", value]
        if view.said_by_file:
            parts.append(_("agreed by {names}, as the file says", names=", ".join(view.said_by_file)))
        if view.entries and view.due and len(view.approvals) < view.due:
            parts.append(_("{n} of {due} agreed", n=len(view.approvals), due=view.due))
        say("  ".join(parts))
        for reason in view.not_yet[:1]:
            say(f"       {sentence(reason.code, reason.params)}")
    if not views:
        print(_("No gift is under way"))


@app.command()
def choose(
    person: Person,
    on: On = None,
    occasion: Annotated[str | None, typer.Option(help="The id of a useful date.")] = None,
    most: Annotated[int, typer.Option(min=1, help="So many gifts.")] = 10,
) -> None:
    """Rank the catalogue of gifts for a person, with score and reasons. None of it is legal advice."""
    with open_app(load_settings()) as opened:
        today = opened.today()
        found = gift_choice(opened.database, opened.viewer, person, on or today, today=today, occasion_id=occasion)
    if found.why_none:
        _tell_none(found, person, on, occasion)
    for one in (found.correct if found.why_none else found.ranked)[:most]:
        price = exact_money(one.offer.price)
        say(f"{number(100 * (one.score.value or 0.0)):>3}  {one.offer.name}  {price}  {_mark(one.verdict)}")
        for reason in (*one.verdict.reasons, *one.score.reasons):
            say(f"       {sentence(reason.code, reason.params)}")


def _tell_none(found: GiftChoice, person: str, on: date | None, occasion: str | None) -> None:
    """Why no gift is fitting, and what is, with the command that starts it."""
    print(_("No gift is fitting."))
    for reason in found.unfit:
        say(f"       {sentence(reason.code, reason.params)}")
    for bar in found.bars:
        say(f"       {sentence(bar.reason.code, bar.reason.params)} {barred_words(bar)}")
    for method, verdict in found.instead:
        name = VOCABULARY.value_name("goodwill_method", method.code, language())
        options = "".join(f" --{option} {value}" for option, value in (("on", on), ("occasion", occasion)) if value)
        say(f"{_('Instead')}: {name}  {_mark(verdict)}")
        say(f"       graphcrm gifts words {person} {method.code} --as ID{options}")
    if not found.instead:
        print(_("Nor is anything else correct on this day."))
    if found.correct:
        print(f"{_('Correct, though nothing that is known speaks for them')}:")


@app.command()
def words(
    person: Person,
    method: Annotated[str, typer.Argument(help="words, card, useful or condolence.")],
    actor: Annotated[str, typer.Option("--as", help="The id of the one of ours who does it.")],
    on: On = None,
    occasion: Annotated[str | None, typer.Option(help="The id of an occasion, as choose shows it.")] = None,
) -> None:
    """Plan a congratulation, a card or a condolence: it stands in the week of who does it."""
    with open_app(load_settings()) as opened:
        today = opened.today()
        plan = WordsPlan(person, method, on or today, occasion_id=occasion)
        if occasion is not None:
            known = gift_choice(opened.database, opened.viewer, person, plan.on, today=today)
            named = {one.id: one.name for one in known.occasions}
            if occasion not in named:
                raise InvalidInput("{text} is no occasion of theirs.", text=occasion)
            if occasion in known.derived:
                plan = replace(plan, occasion_id=None, occasion_key=occasion, occasion=named[occasion])
        plan_words(opened.database, opened.viewer, plan, actor, key=secrets.token_hex(8), today=today)
    print(_("Planned: it stands in the week of who does it."))


@app.command()
def methods(person: Person, on: On = None) -> None:
    """Show which methods of goodwill are correct for a person, with reasons. None of it is legal advice."""
    with open_app(load_settings()) as opened:
        today = opened.today()
        found = goodwill_methods(opened.database, opened.viewer, person, on or today, today=today)
    for one in found.methods:
        name = VOCABULARY.value_name("goodwill_method", one.method.code, language())
        say(f"{name}: {_mark(one.verdict)}")
        for reason in one.verdict.reasons:
            say(f"    {sentence(reason.code, reason.params)}")


@app.command()
def register(
    output: Annotated[Path, typer.Argument(help="A file that is made: .csv or .xlsx.")],
) -> None:
    """Write the whole register of gifts into a file for the auditor, and say whether its chain of seals is whole."""
    if output.suffix.lower() not in (".csv", ".xlsx"):
        raise InvalidInput("The register is written as .csv or .xlsx.", mend="Name the file so.")
    with open_app(load_settings()) as opened:
        found = gift_register(opened.database, opened.viewer, today=opened.today())
    content = register_csv(found) if output.suffix.lower() == ".csv" else register_workbook(found)
    write_file(output, content, new=True)
    print(_("{count} entries, last seal {seal}", count=len(found.lines), seal=found.seal or "-"))
    if found.broken:
        numbers = ", ".join(str(one) for one in found.broken)
        print(_("The chain of seals is broken at: {numbers}. Somebody has changed the database.", numbers=numbers))
        raise typer.Exit(1)


def _mark(verdict: Verdict) -> str:
    return VOCABULARY.value_name("goodwill_mark", verdict.mark, language())
