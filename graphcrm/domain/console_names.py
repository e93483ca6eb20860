"""What the console of the analysts lets through, by name (D3): operators of plans, procedures, functions.

The names are those of Neo4j 5.26 and 2026.08: operators as ``EXPLAIN`` calls them, without the database after ``@``
and what stands in brackets; functions and keywords in small letters. What is not here is refused: everything that
writes or locks, that manages the server, reads files or addresses, or runs in transactions of its own.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SEEKS = ("IndexSeek", "IndexSeekByRange", "UniqueIndexSeek", "UniqueIndexSeekByRange")
_SCANS = (
    "AllRelationshipsScan",
    "RelationshipByElementIdSeek",
    "RelationshipByIdSeek",
    "RelationshipFulltextIndexSearch",
    "RelationshipIndexContainsScan",
    "RelationshipIndexEndsWithScan",
    "RelationshipIndexScan",
    "RelationshipTypeScan",
    "RelationshipVectorIndexSearch",
    "UnionRelationshipTypesScan",
    *(f"Relationship{seek}" for seek in _SEEKS),
)

OPERATORS = (
    _names(
        """
    AllNodesScan AntiConditionalApply AntiSemiApply Apply Argument AssertSameNode AssertSameRelationship
    BidirectionalRepeat CacheProperties CartesianProduct ConditionalApply Distinct
    DynamicDirectedRelationshipTypeLookup DynamicLabelNodeLookup DynamicUndirectedRelationshipTypeLookup
    Eager EagerAggregation EmptyResult EmptyRow Expand Filter IntersectionNodeByLabelsScan
    LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit
    MultiNodeIndexSeek NodeByElementIdSeek NodeByIdSeek NodeByLabelScan NodeCountFromCountStore NodeFulltextIndexSearch
    NodeHashJoin NodeIndexContainsScan NodeIndexEndsWithScan NodeIndexScan NodeLeftOuterHashJoin
    NodeRightOuterHashJoin NodeVectorIndexSearch NonFuseable NullifyMetadata Optional OptionalExpand
    OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop PathPropagatingBFS PreserveOrder
    ProcedureCall ProduceResults ProjectEndpoints Projection RelationshipCountFromCountStore Repeat RollUpApply
    SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath
    SubtractionNodeByLabelsScan Top TriadicBuild TriadicFilter TriadicSelection Union UnionNodeByLabelsScan Unwind
    ValueHashJoin ValueMergeJoin VarLengthExpand
    """
    )
    | {f"{way}{scan}" for way in ("Directed", "Undirected") for scan in _SCANS}
    | {f"Node{seek}" for seek in _SEEKS}
)
"""Operators that only read the graph, in whatever query they stand."""

WRITERS = _names(
    """
    Create CreateConstraint CreateIndex Delete DetachDelete DoNothingIfExists DropConstraint DropIndex Foreach
    LockNodes LockingMerge Merge MergeInto MergeUniqueNode RemoveLabels SetDynamicProperty SetLabels
    SetNodePropertiesFromMap SetProperties SetPropertiesFromMap SetProperty SetRelationshipPropertiesFromMap
    SubqueryForeach AssertingMultiNodeIndexSeek AssertingMultiRelationshipIndexSeek AlterCurrentGraphTypeAdd
    AlterCurrentGraphTypeAlter AlterCurrentGraphTypeDrop AlterCurrentGraphTypeSet
    """
)
"""Operators that change the graph or its schema: refused like all others, with a sentence of their own."""
ON_THEIR_OWN = frozenset({"TransactionApply", "TransactionForeach"})
"""``CALL ... IN TRANSACTIONS``."""
MANAGERS = ("Show", "Terminate", "Administration")
"""How operators begin that ask about the server or manage it."""

PROCEDURES = _names(
    """
    db.index.fulltext.listAvailableAnalyzers db.index.fulltext.queryNodes db.index.fulltext.queryRelationships
    db.index.vector.queryNodes db.index.vector.queryRelationships db.labels db.propertyKeys db.relationshipTypes
    db.schema.nodeTypeProperties db.schema.relTypeProperties db.schema.visualization
    """
)
"""Procedures that read the graph, its full-text and vector indexes, and its words."""

FUNCTIONS = _names(
    """
    abs acos all all_different allreduce allshortestpaths any asin atan atan2 avg btrim cardinality cast ceil ceiling
    char_length character_length coalesce collect collect_list cos cosh cot coth count date datetime degrees duration
    duration_between e element_id elementid endnode exists exp floor format haversin head id is_directed isempty isnan
    keys labels last left length ln local_datetime local_time localdatetime localtime log log10 lower ltrim max min
    nodes none normalize nullif path_length percentile_cont percentile_disc percentilecont percentiledisc pi point
    properties property_exists radians rand randomuuid range reduce relationships replace reverse right round rtrim same
    shortestpath sign sin single sinh size split sqrt startnode stdev stdev_pop stdev_samp stdevp substring sum tail tan
    tanh time timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull tointeger
    tointegerlist tointegerornull tolower tostring tostringlist tostringornull toupper trim type upper uuid valuetype
    vector vector_dimension_count vector_distance vector_norm zoned_datetime zoned_time
    coll.distinct coll.flatten coll.indexof coll.insert coll.max coll.min coll.remove coll.sort
    datetime.fromepoch datetime.fromepochmillis duration.between duration.indays duration.inmonths duration.inseconds
    point.distance point.withinbbox string.indexof string.join string.regexreplace
    uuid.leastsignificantbits uuid.mostsignificantbits vector.similarity.cosine vector.similarity.euclidean
    """
) | {
    f"{kind}.{way}"
    for kind in ("date", "datetime", "localdatetime", "localtime", "time")
    for way in ("realtime", "statement", "transaction", "truncate")
}
"""Functions of Cypher 5 and 25 that work on values and the graph alone."""

WORDS = _names(
    """
    acyclic all and any as assert bindings by call case contains count distinct each element elements else end exists
    filter finish for from group groups if in is let limit match next not null offset on optional or order path paths
    relationship relationships repeatable return search shortest simple skip then trail union unwind using walk when
    where with xor yield
    """
)
"""Words of the language after which a bracket may stand; none of them calls anything."""
WRITING_WORDS = _names("create delete detach foreach insert load merge nodetach remove require set")
"""The same for words that write: what they do is told by the plan, in a better sentence."""

FIRST_WORDS = frozenset({"explain", "profile", "use"})
"""Words that may not come first: the console explains every query itself, in one database."""
