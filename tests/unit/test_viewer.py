"""Who may see and do what (design: care for people)."""

import dataclasses

import pytest

from graphcrm.domain.viewer import OWNER, Viewer


@dataclasses.dataclass
class Fact:
    name: str
    sensitivity: str | None


FACTS = [
    Fact("job", None),
    Fact("office", "business"),
    Fact("hobby", "personal"),
    Fact("child", "family"),
    Fact("debt", "restricted"),
]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("owner", ["job", "office", "hobby", "child", "debt"]),
        ("manager", ["job", "office", "hobby", "child"]),
        ("analyst", ["job", "office", "hobby"]),
        ("reader", ["job", "office"]),
    ],
)
def test_a_role_sees_its_tiers_and_no_more(role, seen):
    viewer = Viewer("x", "X", role)
    assert [fact.name for fact in viewer.filter(FACTS)] == seen
    values = {fact.name: 1 for fact in FACTS}
    assert list(viewer.visible(values, {fact.name: fact.sensitivity or "business" for fact in FACTS})) == seen


def test_an_unknown_tier_is_seen_by_nobody():
    assert not OWNER.sees("secret")


@pytest.mark.parametrize(
    ("role", "allowed"), [("owner", True), ("manager", True), ("analyst", False), ("reader", False)]
)
def test_only_some_roles_write(role, allowed):
    assert Viewer("x", "X", role).may_write is allowed
