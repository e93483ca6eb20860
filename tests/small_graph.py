"""A client small enough to reckon by hand: five people, two of ours, a relative, deals, contacts, purchases.

Orion's chart: Greta (head), under her Anton (finance) and Nina (assistant); Lev and Ida on level 3. Lev, a deputy
without a budget, sways Greta (9 of 10) and Anton (8 of 10): he must come first by power, fourth by the chart.
"""

from datetime import date
from typing import Any

from graphcrm.database.connection import Database

TODAY = date(2026, 11, 23)

_NODES = """
UNWIND $rows AS row
CREATE (n:Entity {id: row.id}) SET n:$(row.labels) SET n += row.properties
"""
_TIES = """
UNWIND $rows AS row
MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end})
CREATE (a)-[t:$(row.type) {id: row.id}]->(b) SET t += row.properties
"""


def node(node_id: str, labels: str, **properties: Any) -> dict[str, Any]:
    """A row for :func:`build`; labels are separated by spaces."""
    return {"id": node_id, "labels": labels.split(), "properties": properties}


def tie(start: str, tie_type: str, end: str, **properties: Any) -> dict[str, Any]:
    """A row for :func:`build`; the id follows from the ends and the type."""
    tie_id = properties.pop("id", f"{start}-{tie_type}-{end}")
    return {"id": tie_id, "start": start, "type": tie_type, "end": end, "properties": properties}


def build(db: Database, nodes: list[dict[str, Any]], ties: list[dict[str, Any]]) -> None:
    """Create the nodes, then the ties."""
    db.write(_NODES, {"rows": nodes})
    db.write(_TIES, {"rows": ties})


def ours(**names: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows for :func:`build`: our own firm ``us``, and who works there, name by id."""
    people = [node(one, "Person Employee", name=name) for one, name in names.items()]
    jobs = [tie(one, "WORKS_AT", "us") for one in names]
    return [node("us", "Organization OwnFirm", name="We"), *people], jobs


def orion(db: Database, **names: str) -> None:
    """Create Orion and what surrounds it. ``names`` replaces names by id, with ``_`` for ``-``."""
    nodes = [*_people(), *_firms(), *_happenings()]
    for row in nodes:
        row["properties"]["name"] = names.get(row["id"].replace("-", "_"), row["properties"].get("name", row["id"]))
    build(db, nodes, [*_structure(), *_relations(), *_events()])


def _people() -> list[dict[str, Any]]:
    return [
        node(
            "p-greta",
            "Person Executive DecisionMaker",
            name="Greta Holm",
            language="de",
            birth_date="1968-12-01",
            temperament="MARK-personal calm",
            work_style="Decides on one page",
            decision_orientation="business",
        ),
        node("p-anton", "Person Executive Payer", name="Anton Berg"),
        node("p-nina", "Person", name="Nina Vale"),
        node("p-lev", "Person Influencer", name="Lev Sorokin"),
        node("p-ida", "Person TechnicalEvaluator", name="Ida Moss"),
        node("p-olga", "Person FamilyMember", name="MARK-family Olga"),
        node("e-kai", "Person Employee", name="Kai Brandt"),
        node("e-zoe", "Person Employee", name="Zoe Lind"),
    ]


def _firms() -> list[dict[str, Any]]:
    return [
        node(
            "c-orion",
            "Organization Client",
            name="Orion Werke",
            industry="C28",
            stage="active",
            country="DE",
            city="Ulm",
        ),
        node("c-vega", "Organization Client", name="Vega"),
        node("own", "Organization OwnFirm", name="Our firm"),
        node("r-bw", "Region", name="Baden-Württemberg", country="DE"),
        node("u-lab", "Unit", name="Laboratory"),
        node("s-talk", "Source", name="Talk at the fair", kind="conversation", date=date(2026, 9, 30)),
        node("x-sail", "Interest", name="MARK-personal Sailing", name_ru="MARK-personal Парус"),
    ]


def _happenings() -> list[dict[str, Any]]:
    return [
        node("d-birth", "UsefulDate", name="MARK-personal birthday", kind="birthday", date="--12-01", recurs=True),
        node("d-wed", "UsefulDate", name="MARK-family wedding", kind="wedding", date="2001-11-25", recurs=True),
        node("d-found", "UsefulDate", name="Foundation day", kind="foundation", date="1951-11-28", recurs=True),
        node("i-call", "Interaction", kind="call", date=date(2026, 11, 10), summary="Samples arrived", mood="good"),
        node(
            "i-meet",
            "Interaction",
            kind="meeting",
            date=date(2026, 3, 1),
            summary="First talk",
            next_step="Send the offer",
            next_step_due=date(2026, 12, 15),
        ),
        node("i-later", "Interaction", kind="call", date=date(2026, 12, 24), summary="Not yet"),
        node(
            "deal-open",
            "Deal",
            name="New line",
            stage="proposal",
            value=100000.0,
            currency="EUR",
            due=date(2026, 12, 20),
        ),
        node("deal-shut", "Deal", name="Old line", stage="won", closed=date(2025, 1, 1)),
        node("buy-1", "Purchase", date=date(2026, 11, 23), quantity=100.0, unit_price=10.0, currency="EUR"),
        node("buy-2", "Purchase", date=date(2026, 1, 1), quantity=50.0, unit_price=10.0, currency="EUR"),
        node("buy-old", "Purchase", date=date(2025, 11, 23), quantity=9.0, unit_price=999.0, currency="EUR"),
        node("buy-vega", "Purchase", date=date(2026, 6, 1), quantity=450.0, unit_price=10.0, currency="EUR"),
        node("ch-1", "Change", what="stance", before="enemy", after="MARK-change neutral", by="Kai"),
    ]


def _structure() -> list[dict[str, Any]]:
    proof = {"source": "s-talk", "last_verified_at": date(2026, 10, 1)}
    return [
        tie("c-orion", "IN_REGION", "r-bw"),
        tie("p-greta", "WORKS_AT", "c-orion", title="Managing director", level=1, since="2015"),
        tie("p-anton", "WORKS_AT", "c-orion", title="Finance director", level=2),
        tie("p-nina", "WORKS_AT", "c-orion", title="Assistant"),
        tie("p-lev", "WORKS_AT", "c-orion", title="Deputy for special projects", level=3),
        tie("p-ida", "WORKS_AT", "c-orion", title="Head of the laboratory", level=3),
        tie("e-kai", "WORKS_AT", "own", title="Account manager", level=2),
        tie("e-zoe", "WORKS_AT", "own", title="Engineer", level=3),
        tie("u-lab", "PART_OF", "c-orion"),
        tie("p-ida", "BELONGS_TO", "u-lab"),
        tie("p-anton", "REPORTS_TO", "p-greta", line="solid", confidence=1.0),
        tie("p-nina", "REPORTS_TO", "p-greta", line="solid"),
        tie("p-lev", "REPORTS_TO", "p-anton", line="solid"),
        tie("p-ida", "REPORTS_TO", "p-anton", line="solid"),
        tie(
            "p-greta",
            "STAKEHOLDER_IN",
            "c-orion",
            roles=["decision_maker", "economic_buyer"],
            support="neutral",
            political_status="inner_circle",
            agenda_personal="MARK-personal legacy",
            valid_from=date(2026, 1, 1),
            confidence=0.9,
            **proof,
        ),
        tie(
            "p-greta",
            "STAKEHOLDER_IN",
            "c-orion",
            id="greta-before",
            roles=["decision_maker"],
            support="enemy",
            valid_from=date(2024, 1, 1),
            valid_to=date(2026, 1, 1),
        ),
        tie(
            "p-anton",
            "STAKEHOLDER_IN",
            "c-orion",
            roles=["payment_decider"],
            support="unknown",
            confidence=0.8,
            **proof,
        ),
        tie("p-lev", "STAKEHOLDER_IN", "c-orion", roles=["influencer"], support="supporter", confidence=0.7, **proof),
        tie("p-ida", "STAKEHOLDER_IN", "c-orion", roles=["technical_evaluator"], support="supporter", confidence=1.0),
    ]


def _relations() -> list[dict[str, Any]]:
    return [
        tie("p-lev", "INFLUENCES", "p-greta", strength=9.0, basis="expertise", confidence=1.0, source="s-talk"),
        tie("p-lev", "INFLUENCES", "p-anton", strength=8.0, basis="friendship", confidence=1.0),
        tie("p-ida", "INFLUENCES", "p-lev", basis="expertise"),
        tie("p-ida", "COVERED_BY", "e-kai", coverage="in_depth", strength=7.0, last_contact=date(2026, 11, 10)),
        tie("p-greta", "COVERED_BY", "e-zoe", coverage="brief", last_contact=date(2026, 3, 1)),
        tie("p-nina", "COVERED_BY", "e-kai", coverage="none"),
        tie("c-orion", "FIRST_CONTACT", "p-ida", date="2019-05", by="e-kai", confidence=0.9, source="s-talk"),
        tie("p-greta", "PARENT_OF", "p-olga"),
        tie("p-greta", "INTERESTED_IN", "x-sail", strength=8.0),
    ]


def _events() -> list[dict[str, Any]]:
    return [
        tie("d-birth", "DATE_OF", "p-greta"),
        tie("d-wed", "DATE_OF", "p-greta"),
        tie("d-found", "DATE_OF", "c-orion"),
        tie("i-call", "WITH", "p-ida"),
        tie("i-call", "CONDUCTED_BY", "e-kai"),
        tie("i-call", "FOR_CLIENT", "c-orion"),
        tie("i-meet", "WITH", "p-greta"),
        tie("i-meet", "WITH", "p-olga"),
        tie("i-meet", "CONDUCTED_BY", "e-zoe"),
        tie("i-meet", "FOR_CLIENT", "c-orion"),
        tie("i-later", "WITH", "p-greta"),
        tie("i-later", "CONDUCTED_BY", "e-zoe"),
        tie("deal-open", "FOR_CLIENT", "c-orion"),
        tie("deal-shut", "FOR_CLIENT", "c-orion"),
        tie("buy-1", "PURCHASED_BY", "c-orion"),
        tie("buy-2", "PURCHASED_BY", "c-orion"),
        tie("buy-old", "PURCHASED_BY", "c-orion"),
        tie("buy-vega", "PURCHASED_BY", "c-vega"),
        tie("ch-1", "CHANGED", "p-greta"),
    ]
