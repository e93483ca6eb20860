"""A family as a picture (C2.3): a card for each relative, generations in rows, marriages and descent as lines."""

from __future__ import annotations

from collections.abc import Mapping

from graphcrm.domain.layout_family import family_places
from graphcrm.drawing.card import RELATIVE
from graphcrm.drawing.model import Chip, MapData, MapEdge, MapNode, Point
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.family import FamilyTieRow
from graphcrm.services.family import FamilyMember, FamilyProfile
from graphcrm.vocabulary.kinship import kinship_name

MOST_CARDS = 60
STEP = (RELATIVE[0] + 28.0, RELATIVE[1] + 62.0)
KIN, CHILD, CONFLICT = "#6b7785", "#3c8f8a", "#c0392b"


def family_tree(family: FamilyProfile) -> MapData:
    """The person and the closest relatives, at most :data:`MOST_CARDS`."""
    members = family.members[:MOST_CARDS]
    generations = {family.person_id: 0, **{member.id: member.generation for member in members}}
    ties = [fact for fact in family.facts if {fact.tie.start_id, fact.tie.end_id} <= generations.keys()]
    couples = [(one.tie.start_id, one.tie.end_id) for one in ties if one.tie.type == "SPOUSE_OF"]
    parents = [(one.tie.start_id, one.tie.end_id) for one in ties if one.tie.type == "PARENT_OF"]
    places = family_places(generations, couples, parents, STEP)
    raised = {child: {parent for parent, other in parents if other == child} for _parent, child in parents}
    drawn = [one for one in ties if one.tie.type != "SIBLING_OF" or not _share_a_parent(raised, one.tie)]
    nodes = [MapNode(family.person_id, family.names[family.person_id], kind="relative", rank=1)]
    nodes += [_card(member) for member in members]
    return MapData(
        nodes=tuple(nodes),
        edges=tuple(_edge(fact.tie, ended=fact.ended) for fact in drawn),
        places={person: Point(*place) for person, place in places.items()},
        note=_("{shown} of {all} relatives are drawn.", shown=len(members), all=len(family.members))
        if len(members) < len(family.members)
        else "",
    )


def _card(member: FamilyMember) -> MapNode:
    path, half = member.relative.path, member.relative.half
    chips = (Chip(_("child"), CHILD),) if member.minor else ()
    if member.conflicts:
        chips += (Chip(_("conflict of interest"), CONFLICT),)
    name = kinship_name(path, language(), half=half)
    return MapNode(member.id, member.person.name, name, "relative", roles=chips, tooltip=(member.person.name, name))


def _share_a_parent(raised: Mapping[str, set[str]], tie: FamilyTieRow) -> bool:
    """The lines down from the parent show already that the two are siblings."""
    return bool(raised.get(tie.start_id, set()) & raised.get(tie.end_id, set()))


def _edge(tie: FamilyTieRow, *, ended: bool) -> MapEdge:
    ends = (tie.id, tie.start_id, tie.end_id, tie.type)
    if tie.type == "PARENT_OF":
        return MapEdge(*ends, route="bracket")
    if tie.type == "SPOUSE_OF":
        return MapEdge(*ends, KIN, 2.0, ended, "straight")
    return MapEdge(*ends, KIN, 1.3, True, "curve")
