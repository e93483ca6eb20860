"""The one vocabulary: kinds of node, ties, enumerations, their names, their columns and their look.

It is data (four YAML files beside this module) so that forms, legend, CSV checks, completeness and privacy are driven
by one text and nothing is written twice. Everything here is read once and is immutable.

    >>> from graphcrm.vocabulary import VOCABULARY
    >>> VOCABULARY.nodes["Person"].ru
    'Человек'
"""

from graphcrm.vocabulary.model import (
    Enumeration,
    EnumerationValue,
    Guide,
    GuideRule,
    NodeKind,
    Property,
    Reference,
    SecondaryLabel,
    TieKind,
    Vocabulary,
)
from graphcrm.vocabulary.reader import read_vocabulary

VOCABULARY: Vocabulary = read_vocabulary()

__all__ = [
    "VOCABULARY",
    "Enumeration",
    "EnumerationValue",
    "Guide",
    "GuideRule",
    "NodeKind",
    "Property",
    "Reference",
    "SecondaryLabel",
    "TieKind",
    "Vocabulary",
]
