"""A graph in which every text field of the vocabulary holds an attack, made from the vocabulary itself.

Fields that a form would check (addresses of the web, mail, telephone, account numbers) hold it too, as data that came
in by another way would. The attacks that come to run set ``window.hit``.
"""

from __future__ import annotations

from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, TieKind

SEEN = "<img src=x onerror="
"""What a reader must find in the text of a page: the attack as words."""
ATTACK = (
    '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script><svg onload="window.hit=1">'
    "<a href=\"javascript:window.hit=1\" onmouseover='window.hit=1'>x</a>{{constructor.constructor('window.hit=1')()}}"
    " [x](javascript:window.hit=1) ![x](http://stranger.invalid/x.png) <http://stranger.invalid> `'\"}]]> --> "
    "$\\href{javascript:window.hit=1}{x}$ :material/home: :red[x] http://stranger.invalid/y"
)
LINK = "javascript:window.hit=1"

LEFT_OUT = {"valid_to", "until", "attended"}
"""Nothing has ended, and nobody came: an invitation that somebody took has to go through the register first."""
IDS = {
    "Organization": ["c", "own", "partner"],
    "Person": ["boss", "deputy", "twin", "relative", "kai"],
    "Client": ["c"],
    "Employee": ["kai"],
}


def ids_of(labels: tuple[str, ...] | str) -> list[str]:
    """The ids of the nodes that have one of these labels."""
    wanted = labels.split("|") if isinstance(labels, str) else labels
    found = [one for label in wanted for one in IDS.get(label, [f"x-{label.lower()}"])]
    return list(dict.fromkeys(found))


def cell(owner: str, prop: Property) -> Any:
    """A value that passes the checks of its type; an attack where any text does."""
    text = f"{owner}.{prop.name} {ATTACK}"
    values = {
        "text": text, "longtext": text, "integer": int(prop.minimum or 1), "number": prop.minimum or 1.0,
        "percent": 50.0, "share": 0.5, "score": 5.0, "boolean": True, "date": "2026-10-01", "partial_date": "1968-05",
        "datetime": "2026-10-01T10:00:00Z", "country": "DE", "currency": "EUR", "language": "de",
        "time_zone": "Europe/Berlin",
    }  # fmt: skip
    if prop.type == "enum":
        value: Any = next(iter(VOCABULARY.enumerations[prop.enum or ""].values))
    elif prop.type == "ref":
        value = ids_of(prop.ref or "")[0]
    else:
        value = values.get(prop.type)
    return [value] if prop.many and value is not None else value


def cells(kind: NodeKind | TieKind) -> dict[str, Any]:
    owner = kind.label if isinstance(kind, NodeKind) else kind.type
    found = {name: cell(owner, prop) for name, prop in kind.properties.items() if name not in LEFT_OUT}
    return {name: value for name, value in found.items() if value is not None}


def hostile_graph(db: Database) -> None:
    """Make it. Raises EditRefused where a new kind of the vocabulary needs more than is made up here."""
    organization, person = VOCABULARY.nodes["Organization"], VOCABULARY.nodes["Person"]
    kinds = {"c": ["client"], "own": ["own_firm"], "partner": ["partner"]}
    first = [RowEdit("Region", "x-region", cells(VOCABULARY.nodes["Region"]))]
    first += [RowEdit("Organization", one, {**cells(organization), "kinds": kinds[one], "region_id": "x-region"})
              for one in IDS["Organization"]]  # fmt: skip
    first += [RowEdit("Person", one, cells(person)) for one in IDS["Person"]]
    first += [RowEdit("WORKS_AT", "", {"person_id": "kai", "organization_id": "own", "title": ATTACK})]
    first += [RowEdit("Source", "x-source", cells(VOCABULARY.nodes["Source"]))] if "Source" in VOCABULARY.nodes else []
    save_edits(db, OWNER, first, key="first")
    rest = [kind for kind in VOCABULARY.nodes.values()
            if kind.file and kind.label not in ("Region", "Organization", "Person", "Source")]  # fmt: skip
    save_edits(db, OWNER, [RowEdit(kind.label, f"x-{kind.label.lower()}", {**cells(kind), **_references(kind)})
                           for kind in rest], key="nodes")  # fmt: skip
    save_edits(db, OWNER, list(_ties()), key="ties")
    save_edits(db, OWNER, [RowEdit("Person", "boss", {"work_style": f"changed {ATTACK}"})], key="change")
    _past_the_checks(db)


def _references(kind: NodeKind) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, reference in kind.references.items():
        ids = ids_of(reference.to)
        ids = ["boss", *ids] if "boss" in ids else ids
        found[name] = list(dict.fromkeys(ids)) if reference.many else ids[0]
    return found


def _ties():
    for kind in VOCABULARY.ties.values():
        if not kind.file or kind.start is None or kind.end is None or kind.type == "NOT_SAME":
            continue
        for start in ids_of(kind.start.labels):
            for end in ids_of(kind.end.labels):
                if _makes_sense(kind, start, end):
                    yield RowEdit(kind.type, "", {kind.start.column: start, kind.end.column: end, **cells(kind)})


def _makes_sense(kind: TieKind, start: str, end: str) -> bool:
    people = {"boss", "deputy", "twin", "relative", "kai"}
    if start == end or (kind.type == "WORKS_AT" and (start in ("kai", "relative") or end != "c")):
        return False
    if kind.type in ("OWNS", "PARTNER_OF"):
        return (start, end) in {("partner", "c"), ("boss", "partner")}
    if {start, end} <= people:
        family = kind.sensitivity == "family"
        if kind.type == "COVERED_BY":
            return end == "kai"
        return (start, end) == (("boss", "relative") if family else ("deputy", "boss"))
    return True


def _past_the_checks(db: Database) -> None:
    """Values that the forms would not take: in fields of other types of text, and as codes of lists."""
    for kind in VOCABULARY.nodes.values():
        checked = [name for name, prop in kind.properties.items()
                   if prop.type in ("url", "email", "phone", "iban", "bic", "inn", "vat")]  # fmt: skip
        for name in checked:
            text = LINK if kind.properties[name].type == "url" else f"twin@{ATTACK}"
            db.write(f"MATCH (n:{kind.label}) SET n[$name] = $text", {"name": name, "text": text})
