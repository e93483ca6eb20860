"""``graphcrm goodwill-plan``: who of a client's key figures gets which gesture when, within a budget."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.domain.money import Money
from graphcrm.formats import day
from graphcrm.services import goodwill_plan as service
from graphcrm.services._wording import sentence

app = typer.Typer()


@app.command(name="goodwill-plan")
def goodwill_plan(
    client: Annotated[str, typer.Argument(help="The id of a client.")],
    budget: Annotated[float, typer.Option(help="What the gifts may cost together; 0: words alone.")] = 0.0,
    currency: Annotated[str, typer.Option(help="Of the budget, as EUR.")] = "EUR",
    save: Annotated[bool, typer.Option("--save", help="Write the gestures down.")] = False,
) -> None:
    """Plan the gestures of the coming quarter for a client's key figures, and tell what came after the last one."""
    with open_app(load_settings()) as opened:
        today, money = opened.today(), Money.of(budget, currency.upper()) if budget else None
        found = service.goodwill_plan(opened.database, opened.viewer, client, budget=money, as_of=today)
        outcome, _asked = service.goodwill_outcome(opened.database, opened.viewer, client, as_of=today)
        if save:
            service.save_plan(opened.database, opened.viewer, found, key=secrets.token_hex(8), today=today)
    for one in found.plan.gestures:
        cost = f"{one.cost:.2f} {currency.upper()}" if one.cost else ""
        parts = (day(one.on), found.names[one.person_id], one.offering or one.method, one.occasion, cost)
        print("  ".join(part for part in parts if part))
    for left in found.plan.left:
        print(f"{left.name}: {sentence(left.code, left.params)}")
    print(sentence(outcome.code, outcome.params))
