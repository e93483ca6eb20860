"""``graphcrm goodwill-plan``: who of a client's key figures gets which gesture when, by whom, within a budget."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.domain.goodwill_plan import Step
from graphcrm.domain.money import Money
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
    save: Annotated[bool, typer.Option("--save", help="Write the steps down.")] = False,
) -> None:
    """Plan the gestures of the coming quarter for a client's key figures, and tell what came after the last one."""
    with open_app(load_settings()) as opened:
        today, money = opened.today(), Money.of(budget, currency.upper()) if budget else None
        found = service.goodwill_plan(opened.database, opened.viewer, client, budget=money, as_of=today)
        outcome, _asked = service.goodwill_outcome(opened.database, opened.viewer, client, as_of=today)
        revised = service.revise(found, {})
        for step in revised.steps:
            _tell(found, step, why=why)
        for left in found.plan.left:
            print(f"{left.name}: {sentence(left.code, left.params)}")
        if revised.cost is not None:
            print(_("Budget: {cost} for this plan, {left} left.", cost=exact_money(revised.cost),
                    left=exact_money(revised.left)))  # fmt: skip
        if save and revised.steps:
            doers = service.Doers(gifts.plan_gift, gifts.GiftPlan, invitations.invite)
            saved = service.save_plan(
                opened.database, opened.viewer, revised, doers, key=secrets.token_hex(8), today=today
            )
            for step, error in saved.refused:
                print(f"{found.names[step.gesture.person_id]}: {describe(error)}")
            print(_("Planned: {count}.", count=saved.count))
    print(sentence(outcome.code, outcome.params))


def _tell(found: service.QuarterPlan, step: Step, *, why: bool) -> None:
    one = step.gesture
    cost = exact_money(Money(one.cost, found.budget.currency)) if one.cost and found.budget else ""
    parts = (day(one.on), found.names[one.person_id], service.method_name(one), one.occasion, cost,
             found.colleagues.get(step.owner_id, ""))  # fmt: skip
    print("  ".join(part for part in parts if part))
    if why:
        reasons = [(reason.code, reason.params) for reason in step.reasons]
        rules = [(reason.code, reason.params) for reason in (one.verdict.reasons if one.verdict else ())]
        for code, params in (*reasons, *rules, *((note, {}) for note in step.notes)):
            print(f"    {sentence(code, params)}")
