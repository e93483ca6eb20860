"""``graphcrm partners owners|clusters``: who owns several clients, and which groups they form (D2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AsOf, TextForm, TextOrJson
from graphcrm.cli.output import print_json, say_lines
from graphcrm.config import load_settings
from graphcrm.formats import number
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import partner_groups as service
from graphcrm.services._evidence import Evidence
from graphcrm.services._wording import proof

app = typer.Typer(help="What holds clients together: owners, and groups by shared partners.", no_args_is_help=True)


@app.command()
def owners(as_of: AsOf = None, form: TextForm = TextOrJson.text) -> None:
    """Who owns two or more clients, directly or over chains of at most four ties, with the chains and shares."""
    with open_app(load_settings()) as opened:
        at = as_of or opened.today()
        found = service.owners(opened.database, opened.viewer, as_of=at)
    if form is TextOrJson.json:
        print_json(_owners_json(found, at))
        return
    say_lines(_owner_lines(found))


@app.command()
def clusters(as_of: AsOf = None, form: TextForm = TextOrJson.text) -> None:
    """Groups of clients that shared partners and owners hold together (Louvain method), and who holds them."""
    with open_app(load_settings()) as opened:
        at = as_of or opened.today()
        found = service.clusters(opened.database, opened.viewer, as_of=at)
    if form is TextOrJson.json:
        print_json(_clusters_json(found, at))
        return
    say_lines(_cluster_lines(found))


def _owner_lines(found: service.Owners) -> Iterator[tuple[int, str]]:
    yield from ((0, told) for told in service.looked_words(found.looked))
    if not found.owners:
        yield 0, _("Nobody is known to own two clients")
    for owner in found.owners:
        n = len(owner.stakes)
        yield 0, f"{found.names[owner.owner_id].name}: {plural('{n} client', '{n} clients', n)}"
        for stake in owner.stakes:
            yield 2, f"{found.names[stake.client_id].name}: {service.share_words(stake.share)}"
            for chain in stake.chains:
                yield 4, " → ".join(service.chain_names(found, chain))
        for tie in service.ties_of(found, [chain for stake in owner.stakes for chain in stake.chains]):
            yield 2, f"{tie.source_name} → {tie.target_name}: {proof(tie.confidence, tie.source, tie.verified)}"


def _cluster_lines(found: service.Clusters) -> Iterator[tuple[int, str]]:
    yield from ((0, told) for told in service.looked_words(found.looked))
    if not found.clusters:
        yield 0, _("No two clients are known to share a partner or an owner")
    for turn, group in enumerate(found.clusters, 1):
        told = plural("{n} client", "{n} clients", len(group.clients))
        yield 0, f"{_('Group {n}', n=turn)}: {told}"
        yield 2, ", ".join(found.names[one].name for one in group.clients)
        yield 2, _("Held together by, with how many of these clients:")
        for holder, some in group.holders.items():
            yield 4, f"{found.names[holder].name}: {number(len(some))}"


def _owners_json(found: service.Owners, at: date) -> dict[str, Any]:
    return {
        "as_of": at.isoformat(),
        "whole": found.looked.is_whole,
        "owners": [
            {
                "id": owner.owner_id,
                "name": found.names[owner.owner_id].name,
                "clients": [
                    {
                        "id": stake.client_id,
                        "name": found.names[stake.client_id].name,
                        "share": stake.share,
                        "chains": [
                            {"share": chain.share, "ties": [tie.id for tie in chain.ties],
                             "way": [chain.ties[0].owner_id, *(tie.owned_id for tie in chain.ties)],
                             "proof": [_proof_json(one) for one in service.ties_of(found, [chain])]}
                            for chain in stake.chains
                        ],
                    }
                    for stake in owner.stakes
                ],
            }
            for owner in found.owners
        ],
    }  # fmt: skip


def _proof_json(tie: Evidence) -> dict[str, Any]:
    verified = tie.verified.isoformat() if tie.verified else None
    return {"tie": tie.id, "confidence": tie.confidence, "source": tie.source, "verified": verified}


def _clusters_json(found: service.Clusters, at: date) -> dict[str, Any]:
    def named(one: str) -> dict[str, str]:
        return {"id": one, "name": found.names[one].name}

    return {
        "as_of": at.isoformat(),
        "whole": found.looked.is_whole,
        "too_wide": list(found.too_wide),
        "clusters": [
            {
                "clients": [named(one) for one in group.clients],
                "held_by": [{**named(holder), "clients": list(some)} for holder, some in group.holders.items()],
            }
            for group in found.clusters
        ],
    }
