"""``graphcrm partner-loss``: what breaks over the whole clientele if one partner goes (D2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.named import named
from graphcrm.cli.options import AsOf, TextForm, TextOrJson
from graphcrm.cli.output import print_json, say_lines
from graphcrm.config import load_settings
from graphcrm.formats import day, share_or_not_known
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import partner_loss as service
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command("partner-loss")
def partner_loss(
    partner: Annotated[str, typer.Argument(help="The firm: its id, or a name that finds one.")],
    as_of: AsOf = None,
    form: TextForm = TextOrJson.text,
) -> None:
    """What breaks if a partner goes: at which clients ways, reach and key figures are lost. Nothing is written."""
    with open_app(load_settings()) as opened:
        at = as_of or opened.today()
        found = service.partner_loss(opened.database, opened.viewer, named(opened, partner, "Organization"), as_of=at)
    if form is TextOrJson.json:
        print_json(_as_json(found))
        return
    say_lines(_lines(found))


def _lines(found: service.PartnerLoss) -> Iterator[tuple[int, str]]:
    yield 0, _("Without {partner}, as of {day}", partner=found.partner_name, day=day(found.as_of))
    if not found.clients:
        yield 0, _("No client is tied to this firm, and nobody there is known to know anybody at a client.")
    for loss in found.clients:
        links = ", ".join(_link(one) for one in loss.links) or _("no partner of the client")
        yield 0, f"{loss.client_name} ({links})"
        before, after = (share_or_not_known(side.reach.value) for side in (loss.result.before, loss.result.after))
        yield 2, _("Share of the decision that we reach: {before}, then {after}.", before=before, after=after)
        if loss.key_lost:
            yield (
                2,
                _("Key figures to whom we have a way only over this firm: {people}.", people=", ".join(loss.key_lost)),
            )
        for bridge in loss.bridges:
            yield 2, _bridge(bridge)
        if not loss.bridges and not loss.result.lost:
            yield 2, _("No way of ours leads over it.")


def _bridge(bridge: service.Bridge) -> str:
    way = " → ".join((", ".join(bridge.ours) or _("nobody of ours yet"), bridge.via, bridge.person))
    notes = [_("key figure")] if bridge.is_key else []
    notes += [_("in contact with us directly, too")] if bridge.otherwise else []
    return f"{way} ({'; '.join(notes)})" if notes else way


def _link(code: str) -> str:
    if code in VOCABULARY.ties:
        return VOCABULARY.ties[code].name_in(language())
    return VOCABULARY.value_name("partner_kind", code, language())


def _as_json(found: service.PartnerLoss) -> dict[str, Any]:
    return {
        "partner": found.partner_id,
        "as_of": found.as_of.isoformat(),
        "clients": [
            {
                "id": loss.client_id,
                "name": loss.client_name,
                "links": list(loss.links),
                "reach_before": loss.result.before.reach.value,
                "reach_after": loss.result.after.reach.value,
                "lost": list(loss.result.lost),
                "key_figures_lost": list(loss.key_lost),
                "ways": [
                    {"ours": list(one.ours), "via": one.via, "person": one.person_id, "tie": one.tie_id,
                     "key": one.is_key, "otherwise": one.otherwise}
                    for one in loss.bridges
                ],
            }
            for loss in found.clients
        ],
    }  # fmt: skip
