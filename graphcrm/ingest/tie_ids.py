"""The derived ids of many ties at once: the text that is hashed is put together by columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from graphcrm.ingest.column_graph import ColumnGraph, Numbers

_CHUNK = 200_000
_encode = json.JSONEncoder(ensure_ascii=False).encode


def derived_ids(
    tie: str, graph: ColumnGraph, ends: tuple[Numbers, Numbers], key: Iterable[pa.Array | None]
) -> pa.Array:
    """:func:`graphcrm.ingest.rows.derived_tie_id` of ties between the nodes of these numbers.

    Args:
        key: the values of the key columns as the offline import reads them; None for one that the file lacks.
    """
    if graph.encoded_ids is None:
        graph.encoded_ids = encoded(graph.ids)
    names = [graph.encoded_ids.take(pa.array(numbers)) for numbers in ends]
    others = [pa.scalar(_encode("")) if one is None else encoded(one) for one in key]
    parts = [pa.scalar(f"[{_encode(tie)}"), *names, *others]
    texts = pc.binary_join_element_wise(*parts, pa.scalar(", ")).cast(pa.binary())
    beginning, made = tie.lower().replace("_", "-"), []
    for at in range(0, len(texts), _CHUNK):
        some = texts.slice(at, _CHUNK).to_pylist()
        made.append(pa.array([hashlib.blake2b(one + b"]", digest_size=10).hexdigest() for one in some], pa.string()))
    hashed = pa.concat_arrays(made) if made else pa.array([], pa.string())
    return pc.binary_join_element_wise(pa.scalar(beginning), hashed, pa.scalar("-"))


def encoded(texts: pa.Array) -> pa.Array:
    """Each text as JSON writes it; what is not there as an empty one."""
    if pc.any(pc.match_substring_regex(texts, r'["\\\\\x00-\x1f]')).as_py():
        coded = texts.dictionary_encode()
        texts = pa.array([_encode(one) for one in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
        return pc.fill_null(texts, _encode(""))
    quote = pa.scalar('"')
    return pc.binary_join_element_wise(quote, pc.fill_null(texts, ""), quote, pa.scalar(""))
