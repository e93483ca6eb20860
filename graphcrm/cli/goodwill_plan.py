"""``graphcrm goodwill-plan``: who of a client's key figures gets which gesture when, by whom, within a budget."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import say
from graphcrm.config import load_settings
from graphcrm.domain.goodwill_plan import Left, Step
from graphcrm.domain.money import Money
from graphcrm.errors import InvalidInput
from graphcrm.formats import day, exact_money
from graphcrm.i18n import describe
from graphcrm.i18n import translate as _
from graphcrm.services import gifts, invitations
from graphcrm.services import goodwill_plan as service
from graphcrm.services._wording import sentence

app = typer.Typer()


@app.command(name="goodwill-plan")
def goodwill_plan(
    client: Annotated[str, typer.Argument(help="The id of a client.")],
    budget: Annotated[float, typer.Option(help="What the gifts may cost together; 0: no gifts.")] = 0.0,
    currency: Annotated[str, typer.Option(help="Of the budget, as EUR.")] = "EUR",
    why: Annotated[bool, typer.Option("--why", help="With the reasons of each step.")] = False,
    instead: Annotated[
        list[str] | None,
        typer.Option(help="In place of a gift that is not fitting, as person-x=card. Can be repeated."),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Write the steps down.")] = False,
) -> None:
    """Plan the gestures of the coming quarter for a client's key figures, and tell what came after the last one."""
    with open_app(load_settings()) as opened:
        today, money = opened.today(), Money.of(budget, currency.upper()) if budget else None
        found = service.goodwill_plan(opened.database, opened.viewer, client, budget=money, as_of=today)
        outcome, _asked = service.goodwill_outcome(opened.database, opened.viewer, client, as_of=today)
        revised = service.revise(found, _added(found, instead))
        for step in revised.steps:
            _tell(found, step, why=why)
        for left in found.plan.left:
            _tell_left(left)
        if revised.cost is not None:
            print(_("Budget: {cost} for this plan, {left} left.", cost=exact_money(revised.cost),
                    left=exact_money(revised.left)))  # fmt: skip
        if save and revised.steps:
            doers = service.Doers(gifts.plan_gift, gifts.GiftPlan, invitations.invite)
            saved = service.save_plan(
                opened.database, opened.viewer, revised, doers, key=secrets.token_hex(8), today=today
            )
            for step, error in saved.refused:
                say(f"{found.names[step.gesture.person_id]}: {describe(error)}")
            print(_("Planned: {count}.", count=saved.count))
    say(sentence(outcome.code, outcome.params))


def _added(found: service.QuarterPlan, wanted: list[str] | None) -> dict[str, service.StepEdit]:
    """What the user puts in place of gifts, as edits of the plan."""
    edits = {}
    for text in wanted or []:
        person, _equals, method = text.partition("=")
        offered = [(left, one) for left in found.plan.left for one in left.instead
                   if (left.person_id, one.method) == (person, method)]  # fmt: skip
        if not offered:
            raise InvalidInput(
                "{text} is not offered in place of a gift.",
                mend="Look at who gets less, and what is offered.",
                text=text,
            )
        left, one = offered[0]
        edits[left.step_id] = service.StepEdit(on=one.on, choice=one.choice)
    return edits


def _tell_left(left: Left) -> None:
    say(f"{left.name}: {sentence(left.code, left.params)}")
    for reason in left.why:
        say(f"    {sentence(reason.code, reason.params)}")
    for one in left.instead:
        told = f"{day(one.on)}  {service.method_name(one)}"
        say(f"    {_('Instead')}: {told}  --instead {left.person_id}={one.method}")


def _tell(found: service.QuarterPlan, step: Step, *, why: bool) -> None:
    one = step.gesture
    cost = exact_money(Money(one.cost, found.budget.currency)) if one.cost and found.budget else ""
    parts = (day(one.on), found.names[one.person_id], service.method_name(one), one.occasion, cost,
             found.colleagues.get(step.owner_id, ""))  # fmt: skip
    say("  ".join(part for part in parts if part))
    if why:
        reasons = [(reason.code, reason.params) for reason in step.reasons]
        rules = [(reason.code, reason.params) for reason in (one.verdict.reasons if one.verdict else ())]
        for code, params in (*reasons, *rules, *((note, {}) for note in step.notes)):
            say(f"    {sentence(code, params)}")
