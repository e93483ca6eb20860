"""Which secondary labels a node has by its own properties, and which the importer can foresee from the files.

The rules, all of them (those on edges are applied by ``queries/ingest/bring_labels_in_step.cypher``):

    Client, Partner, OwnFirm, Competitor     Organization whose ``kinds`` hold it
    Congratulation, Gift, Invitation, JointEvent   GoodwillAction of that ``kind``
    DecisionMaker       current STAKEHOLDER_IN with the role decision_maker or economic_buyer
    Payer               ... payment_decider or payment_influencer
    TechnicalEvaluator  ... technical_evaluator
    Influencer          ... influencer, or a current INFLUENCES that starts here
    Executive           current WORKS_AT at a Client on level 1 or 2
    Employee            current WORKS_AT at an OwnFirm
    FamilyMember        a SPOUSE_OF, PARENT_OF, SIBLING_OF or GUARDIAN_OF, and no WORKS_AT at a Client or OwnFirm

Current: ``valid_from`` is not ahead, ``valid_to`` is (the day itself is out), and ``until`` does not surely lie behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from graphcrm.vocabulary import VOCABULARY, NodeKind

BASE_LABEL = "Entity"
DUE_LABEL = "LabelsDue"
"""Set on nodes whose edges were written, in the same transaction, and taken off when their labels are in step: an
import that was killed in between is finished by the next one."""

LABELLED_ENDS = {"WORKS_AT": 1, "STAKEHOLDER_IN": 1, "INFLUENCES": 1} | dict.fromkeys(
    ("SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "GUARDIAN_OF"), 2
)
"""The ties on which the secondary labels of people rest: of who stands at the start, or of both."""

ROLE_LABELS = {
    "decision_maker": "DecisionMaker",
    "economic_buyer": "DecisionMaker",
    "payment_decider": "Payer",
    "payment_influencer": "Payer",
    "technical_evaluator": "TechnicalEvaluator",
    "influencer": "Influencer",
}
TOP_LEVEL = 2


def gained_labels(tie_type: str, values: Mapping[str, Any], end: frozenset[str], today: date) -> set[str]:
    """The labels that a tie brings to who stands at its start. No tie takes one away, but a job FamilyMember.

    Args:
        end: the labels of the other end; only those of a job's are looked at.
    """
    begins, ends = values.get("valid_from"), values.get("valid_to")
    if (begins is not None and begins > today) or (ends is not None and ends <= today):
        return set()
    if tie_type == "STAKEHOLDER_IN":
        return {ROLE_LABELS[role] for role in values.get("roles") or () if role in ROLE_LABELS}
    if tie_type == "INFLUENCES":
        return {"Influencer"}
    if tie_type != "WORKS_AT" or not not_over(values.get("until") or "", today):
        return set()
    level = values.get("level")
    is_top = "Client" in end and level is not None and level <= TOP_LEVEL
    return {label for label, holds in (("Executive", is_top), ("Employee", "OwnFirm" in end)) if holds}


def not_over(until: str, today: date) -> bool:
    """False when a partial date lies surely behind."""
    bare = until.replace("~", "")
    return bare >= today.isoformat()[: len(bare)]


@cache
def labelling_properties(label: str) -> Mapping[str, Mapping[str, str]]:
    kind = VOCABULARY.nodes[label]
    return {
        name: labels
        for name, prop in kind.properties.items()
        if prop.enum
        and (labels := {v.code: v.label for v in VOCABULARY.enumerations[prop.enum].values.values() if v.label})
    }


def labels_by_property(kind: NodeKind, values: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """(labels that the given properties bring, labels that they exclude). Properties not given say nothing."""
    has: set[str] = set()
    lacks: set[str] = set()
    for name, labels in labelling_properties(kind.label).items():
        if name in values:
            value = values[name]
            codes = value if isinstance(value, list) else [value]
            has |= {labels[code] for code in codes if code in labels}
            lacks |= set(labels.values())
    return has, lacks - has
