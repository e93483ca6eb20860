"""The values of a whole column: what has the plain form of its type is taken as it stands, each other text parsed once.

The plain forms are narrower than what the parsers of ``values.py`` take, and every text of such a form is one that they
leave as it is (or, of a number, of the same value). A test holds the two together.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graphcrm.ingest.columns import Doubtful
from graphcrm.ingest.limits import LIMITS
from graphcrm.ingest.names import Kind
from graphcrm.ingest.offline import stored_text
from graphcrm.ingest.rows import cell_values
from graphcrm.ingest.values import Reading, range_of
from graphcrm.vocabulary import Property

_SAMPLE, _FEW = 20_000, 2_000
_DAY = "(19|20)[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_WORDS = r"^[\p{L}\p{N}]$|^(?s:[\p{L}\p{N}].*[\p{L}\p{N}.)!?%])$"
_NUMBER = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$"
PLAIN = {
    "text": _WORDS,
    "longtext": _WORDS,
    "ref": "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,199}$",
    "email": r"^[A-Za-z0-9][A-Za-z0-9._%-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,20}$",
    "phone": r"^\+?[0-9][0-9 ().-]{2,28}[0-9]$",
    "date": f"^{_DAY}$",
    "partial_date": f"^{_DAY}$",
    "datetime": rf"^{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{6}})?(\+00:00|Z)$",
    "integer": "^(0|-?[1-9][0-9]{0,14})$",
    "number": _NUMBER,
    "percent": _NUMBER,
    "share": _NUMBER,
    "score": _NUMBER,
}
"""Type -> expression (RE2). Ids count as ``ref``."""
_NUMBERS = frozenset({"integer", "number", "percent", "share", "score"})


def stored_column(cells: pa.Array, kind: Kind, name: str, reading: Reading) -> pa.Array:
    """The values of a column as the offline import reads them, null where there is none.

    Raises:
        Doubtful: a cell has no value of the column's type, or must have one and is empty.
    """
    values = cell_values(kind, name, reading)
    prop = kind.properties.get(name)
    pattern = None if prop and prop.many else PLAIN.get(prop.type if prop else "ref")
    if pattern is None or not _is_varied(cells) or name in getattr(kind, "references", ()):
        coded = cells.dictionary_encode()
        return _parsed(coded.dictionary, values).take(coded.indices)
    plain = _plain(cells, pattern, prop)
    if pc.all(plain).as_py() is not False:
        return cells
    rest = cells.filter(pc.invert(plain)).unique()
    others = _parsed(rest, values).take(pc.index_in(cells, value_set=rest))
    return pc.if_else(plain, cells, others)


def _is_varied(cells: pa.Array) -> bool:
    return bool(pc.count_distinct(cells.slice(0, _SAMPLE)).as_py() > _FEW)


def _plain(cells: pa.Array, pattern: str, prop: Property | None) -> pa.Array:
    """Where the plain form stands. Raises Doubtful when a number is out of its range."""
    plain = pc.match_substring_regex(cells, pattern)
    kind = prop.type if prop else "ref"
    if kind in _NUMBERS and prop:
        numbers = pc.cast(cells.filter(plain), pa.float64())
        least, most = range_of(prop)
        if len(numbers) and not (least <= pc.min(numbers).as_py() and pc.max(numbers).as_py() <= most):
            raise Doubtful
    limit = LIMITS.long_text_characters if kind == "longtext" else LIMITS.text_characters
    return pc.and_(plain, pc.less_equal(pc.binary_length(cells), limit))


def _parsed(distinct: pa.Array, values: Any) -> pa.Array:
    found = [values[cell] for cell in distinct.to_pylist()]
    if values.faults:
        raise Doubtful
    return pa.array([None if value in (None, "", [], ()) else stored_text(value) for value in found], pa.string())
