"""The types of the vocabulary. The rules that hold the words together are in ``Vocabulary.faults``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PropertyType = Literal[
    "text",
    "longtext",
    "integer",
    "number",
    "percent",  # 0-100
    "share",  # 0-1
    "score",  # 0-10
    "boolean",
    "date",
    "datetime",
    "partial_date",
    "enum",
    "ref",
    "country",  # ISO 3166-1 alpha-2
    "currency",  # ISO 4217
    "language",  # ISO 639-1
    "time_zone",  # IANA
    "email",
    "phone",
    "url",
    "iban",
    "bic",
    "inn",
    "vat",
]


class Word(BaseModel):
    """Something with a name in English and in Russian."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ru: str

    def name_in(self, language: str) -> str:
        """The name in ``language`` ("en" or "ru")."""
        return self.ru if language == "ru" else self.en


class EnumerationValue(Word):
    """One value. ``label`` is the secondary label it gives its node; ``color`` is used where the value is drawn."""

    code: str
    help_en: str = ""
    help_ru: str = ""
    color: str | None = None
    label: str | None = None

    def help_in(self, language: str) -> str:
        """The meaning in ``language``, shown beside forms."""
        return self.help_ru if language == "ru" else self.help_en


class Enumeration(Word):
    """A closed list of values. ``derived`` ones are computed and never stored."""

    name: str
    values: Mapping[str, EnumerationValue]
    derived: bool = False
    source: str = ""


class Property(Word):
    """One column of a node or tie."""

    name: str
    type: PropertyType
    many: bool = False
    required: bool = False
    featured: bool = False
    default: str | int | float | bool | None = None
    enum: str | None = None
    ref: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    sensitivity: Literal["business", "personal", "family", "restricted"] = "business"
    group: str = ""


class Reference(Word):
    """A column of a node's file that holds the id(s) of other nodes and becomes ties of type ``tie``."""

    name: str
    tie: str
    to: tuple[str, ...]
    many: bool = False
    required: bool = False


class SecondaryLabel(Word):
    """A label that makes a role visible to whoever writes Cypher; the truth is on the edges."""


class NodeKind(Word):
    """A kind of node. ``file`` is the stem of its CSV file; None for nodes that are not imported."""

    label: str
    file: str | None = None
    plural_en: str
    plural_ru: str
    icon: str
    color: str
    secondary: Mapping[str, SecondaryLabel] = Field(default_factory=dict)
    properties: Mapping[str, Property]
    references: Mapping[str, Reference] = Field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the CSV file, in order."""
        return ("id", *self.properties, *self.references)


class End(BaseModel):
    """One end of a tie: the labels it may have and the CSV column that holds its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...]
    column: str


class TieKind(Word):
    """A relationship type. Without a ``file`` it is written from a reference column only."""

    type: str
    reverse_en: str
    reverse_ru: str
    file: str | None = None
    start: End | None = None
    end: End | None = None
    key: tuple[str, ...] = ()  # what tells two ties between the same two nodes apart
    symmetric: bool = False
    acyclic: bool = False
    sensitivity: Literal["business", "personal", "family", "restricted"] = "business"
    color: str = "#8b95a1"
    draw: Literal["none", "line", "curve", "zigzag"] = "none"
    properties: Mapping[str, Property] = Field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the CSV file, in order."""
        if self.start is None or self.end is None:
            return ()
        return ("id", self.start.column, self.end.column, *self.properties)


class GuideQuestion(Word):
    """A question that can be answered with yes, no, or not known."""


class GuideRule(BaseModel):
    """When a value is suggested: ``all`` are yes, one of ``any`` is, all of ``none`` are no, no ``unless`` is yes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Guide(Word):
    """Questions that help to choose a value of ``enumeration``; see guides.yaml. ``many``: more than one may fit."""

    name: str
    enumeration: str
    many: bool
    source: str = ""
    questions: Mapping[str, GuideQuestion]
    suggestions: tuple[GuideRule, ...]


class Vocabulary(BaseModel):
    """All words. ``nodes`` by label, ``ties`` by relationship type, ``enumerations`` and ``guides`` by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nodes: Mapping[str, NodeKind]
    ties: Mapping[str, TieKind]
    enumerations: Mapping[str, Enumeration]
    guides: Mapping[str, Guide] = Field(default_factory=dict)

    @property
    def labels(self) -> frozenset[str]:
        """Every label, primary and secondary."""
        return frozenset(self.primary_of)

    @property
    def primary_of(self) -> dict[str, str]:
        """Label -> the primary label of its nodes."""
        pairs = {label: label for label in self.nodes}
        for label, kind in self.nodes.items():
            pairs |= dict.fromkeys(kind.secondary, label)
        return pairs

    def kind(self, name: str) -> NodeKind | TieKind:
        """The kind of node with this primary label, or of tie with this type.

        Raises:
            KeyError: there is neither.
        """
        return self.nodes.get(name) or self.ties[name]

    def node_of_file(self, stem: str) -> NodeKind | None:
        """The kind of node whose CSV file has this stem."""
        return next((kind for kind in self.nodes.values() if kind.file == stem), None)

    def tie_of_file(self, stem: str) -> TieKind | None:
        """The kind of tie whose CSV file has this stem."""
        return next((kind for kind in self.ties.values() if kind.file == stem), None)

    def value_name(self, enumeration: str, code: str | None, language: str) -> str:
        """The name of a stored value; the code itself when it is not in the list, "" for None."""
        if code is None:
            return ""
        value = self.enumerations[enumeration].values.get(code)
        return value.name_in(language) if value else code

    def faults(self) -> Iterator[str]:
        """What does not hold together, one sentence each. Empty for the shipped vocabulary (a test says so)."""
        labels = self.labels
        stems = [kind.file for kind in (*self.nodes.values(), *self.ties.values()) if kind.file]
        yield from (f"two kinds share the file {stem}" for stem in set(stems) if stems.count(stem) > 1)
        for owner, prop in self._all_properties():
            if (prop.type == "enum") != (prop.enum is not None) or (prop.enum and prop.enum not in self.enumerations):
                yield f"{owner}.{prop.name}: enumeration {prop.enum}"
            if (prop.type == "ref") != (prop.ref is not None) or (prop.ref and prop.ref not in labels):
                yield f"{owner}.{prop.name}: reference to {prop.ref}"
        for kind in self.nodes.values():
            for reference in kind.references.values():
                if reference.tie not in self.ties or not set(reference.to) <= labels:
                    yield f"{kind.label}.{reference.name}: tie {reference.tie} to {reference.to}"
        for tie in self.ties.values():
            ends = [end for end in (tie.start, tie.end) if end]
            if not set().union(*(end.labels for end in ends)) <= labels or not set(tie.key) <= set(tie.properties):
                yield f"{tie.type}: ends or key"
        for enumeration in self.enumerations.values():
            for value in enumeration.values.values():
                if value.label and value.label not in labels:
                    yield f"{enumeration.name}.{value.code}: label {value.label}"

        yield from self._guide_faults()

    def _guide_faults(self) -> Iterator[str]:
        for guide in self.guides.values():
            values = self.enumerations[guide.enumeration].values if guide.enumeration in self.enumerations else {}
            asked = {one for rule in guide.suggestions for one in (*rule.all, *rule.any, *rule.none, *rule.unless)}
            if asked != set(guide.questions) or not {rule.value for rule in guide.suggestions} <= set(values):
                yield f"guide {guide.name}: questions or values"

    def _all_properties(self) -> Iterator[tuple[str, Property]]:
        for label, kind in self.nodes.items():
            yield from ((label, prop) for prop in kind.properties.values())
        for tie_type, tie in self.ties.items():
            yield from ((tie_type, prop) for prop in tie.properties.values())
