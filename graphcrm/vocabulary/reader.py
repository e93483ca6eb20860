"""Reads the YAML files of the vocabulary into its types."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from graphcrm.vocabulary.model import End, Enumeration, Guide, NodeKind, TieKind, Vocabulary

_SEVERAL = {"role"}
"""Enumerations of which a record holds several values."""


def read_vocabulary() -> Vocabulary:
    """The shipped vocabulary.

    Raises:
        pydantic.ValidationError: a YAML file is malformed (a bug of ours; a test loads every file).
    """
    ties = read_data("ties.yaml")
    common = _named(ties["common"])
    return Vocabulary(
        nodes={label: _node(label, raw) for label, raw in read_data("nodes.yaml").items()},
        ties={name: _tie(name, raw, common) for name, raw in ties["ties"].items()},
        enumerations={name: _enumeration(name, raw) for name, raw in read_data("enumerations.yaml").items()}
        | _goodwill(read_data("goodwill.yaml")),
        guides={name: _guide(name, raw) for name, raw in read_data("guides.yaml").items()},
    )


def read_data(name: str) -> dict[str, Any]:
    """One of the YAML files of this package."""
    return yaml.safe_load((files("graphcrm.vocabulary") / name).read_text("utf-8"))


def _named(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: {"name": name, **body} for name, body in raw.items()}


def _alternatives(label: str) -> tuple[str, ...]:
    return tuple(label.split("|"))


def _node(label: str, raw: dict[str, Any]) -> NodeKind:
    references = {
        name: {**body, "to": _alternatives(body["to"])} for name, body in _named(raw.get("references", {})).items()
    }
    return NodeKind(**{**raw, "label": label, "properties": _named(raw["properties"]), "references": references})


def _tie(name: str, raw: dict[str, Any], common: dict[str, Any]) -> TieKind:
    body = dict(raw)
    for yaml_name, field in (("from", "start"), ("to", "end")):
        if yaml_name in body:
            label, column = body.pop(yaml_name)
            body[field] = End(labels=_alternatives(label), column=column)
    own = _named(body.pop("properties", {}))
    return TieKind(**{**body, "type": name, "properties": {**own, **common} if body.get("file") else own})


def _enumeration(name: str, raw: dict[str, Any]) -> Enumeration:
    values = {code: {"code": code, **body} for code, body in raw["values"].items()}
    return Enumeration(**{**raw, "name": name, "values": values})


def _goodwill(raw: dict[str, Any]) -> dict[str, Enumeration]:
    """Methods and rules of goodwill as lists of words, so that they are named wherever codes are named."""
    methods = {code: {"en": body["en"], "ru": body["ru"]} for code, body in raw["methods"].items()}
    rules = {
        code: {"en": body["en"], "ru": body["ru"], "help_en": body["origin"], "help_ru": body["origin_ru"]}
        for code, body in raw["rules"].items()
    }
    words = {"en": "Method of goodwill", "ru": "Знак внимания", "derived": True, "values": methods}
    sentences = {"en": "Rule of goodwill", "ru": "Правило о знаках внимания", "derived": True, "values": rules}
    return {
        "goodwill_method": _enumeration("goodwill_method", words),
        "goodwill_rule": _enumeration("goodwill_rule", sentences),
    }


def _guide(name: str, raw: dict[str, Any]) -> Guide:
    return Guide(**{**raw, "name": name, "many": raw["enumeration"] in _SEVERAL})
