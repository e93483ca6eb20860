"""``graphcrm coverage``: who of ours is in touch with whom, and where that is not enough."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AsOf, TableForm, TableOrJson
from graphcrm.cli.output import print_json, print_table, say
from graphcrm.config import load_settings
from graphcrm.formats import day, number
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services._wording import sentence
from graphcrm.services.coverage import ClientCoverage, client_coverage, clientele_coverage
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command()
def coverage(
    client: Annotated[str, typer.Argument(help="The id of a client; without it, what is amiss at all of them.")] = "",
    as_of: AsOf = None,
    form: TableForm = TableOrJson.table,
) -> None:
    """Show who of ours covers whom, how strong each relation is today and why, and where that is not enough."""
    with open_app(load_settings()) as opened:
        on = as_of or opened.today()
        if client:
            found = [client_coverage(opened.database, opened.viewer, client, as_of=on)]
        else:
            found = list(clientele_coverage(opened.database, opened.viewer, as_of=on).clients)
    if form is TableOrJson.json:
        print_json([_as_data(one) for one in found])
        return
    if client:
        _print_pairs(found[0])
    for one in found:
        _print_findings(one, alone=bool(client))


def _print_pairs(found: ClientCoverage) -> None:
    if not found.pairs:
        print(_("No coverage is recorded."))
        return
    header = (_("Theirs"), _("Ours"), _("Level now, wanted"), _("Last contact"), _("Strength today"), _("Why"))
    rows = []
    for pair in found.pairs:
        levels = [VOCABULARY.value_name("relationship_level", code, language()) or _("not known")
                  for code in (pair.level_now, pair.level_wanted)]  # fmt: skip
        rows.append(
            (
                pair.person_name,
                pair.employee_name,
                " → ".join(levels),
                day(pair.last_contact) if pair.last_contact else _("not known"),
                _("not known") if pair.points is None else number(pair.points, 1),
                " ".join(sentence(reason.code, reason.params) for reason in pair.strength.reasons[:3]),
            )
        )
    print_table(header, rows)


def _print_findings(found: ClientCoverage, *, alone: bool) -> None:
    lines = [sentence(reason.code, reason.params) for reason in found.summary.reasons
             if reason.code in ("single_threaded", "coverage_no_key_figure")]  # fmt: skip
    lines += [f"{found.names.get(one.about, one.about)}: {sentence(one.code, one.params)}" for one in found.findings]
    if not alone and lines:
        say(f"{found.client_name} ({found.client_id})")
    for line in lines:
        say(f"  {line}")


def _as_data(found: ClientCoverage) -> dict[str, Any]:
    return {
        "client_id": found.client_id,
        "client": found.client_name,
        "key_figures": found.summary.key_figures,
        "covered": found.summary.covered,
        "single_threaded": found.summary.single_threaded,
        "hangs_on": list(found.summary.hangs_on),
        "pairs": [
            {
                "person_id": pair.person_id,
                "person": pair.person_name,
                "employee_id": pair.employee_id,
                "employee": pair.employee_name,
                "coverage": pair.coverage,
                "level_now": pair.level_now,
                "level_wanted": pair.level_wanted,
                "last_contact": pair.last_contact.isoformat() if pair.last_contact else None,
                "strength": None if pair.points is None else round(pair.points, 2),
                "strength_least": pair.floor,
                "reasons": [sentence(reason.code, reason.params) for reason in pair.strength.reasons],
            }
            for pair in found.pairs
        ],
        "findings": [
            {
                "kind": one.kind,
                "about_id": one.about,
                "about": found.names.get(one.about, one.about),
                "said": sentence(one.code, one.params),
                "tie_ids": list(one.tie_ids),
            }
            for one in found.findings
        ],
    }
