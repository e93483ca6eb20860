"""Where people stand in a deal, laid over where they stand as a rule (C1.3-C1.8, C2.1)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.stance import DealStance, differences, in_deal
from graphcrm.domain.structure import POLITICAL_STATUSES, SUPPORTS, Deal, PowerStructure, Stakeholder

TODAY = date(2026, 11, 23)
DEAL = Deal("d", "Deal", frozenset({"s-deal", "s-new"}))
ANN = Stakeholder(
    "ann", "Ann", level=1, roles=frozenset({"user"}), support="neutral", political_status="inner_circle",
    stakeholder_id="s-rule", confidence=0.9, source="Talk", interest=4,
)  # fmt: skip
RULE = PowerStructure("c", TODAY, people=(ANN, Stakeholder("ben", "Ben")))


def test_the_deal_goes_before_the_rule_and_the_rest_is_kept():
    own = Stakeholder("ann", "Ann", support="enemy", stakeholder_id="s-deal", confidence=0.5)
    found = in_deal(RULE, DEAL, [DealStance(own)])
    ann = found.by_id["ann"]
    assert (ann.support, ann.roles, ann.political_status, ann.level) == ("enemy", {"user"}, "inner_circle", 1)
    assert (ann.stakeholder_id, ann.confidence, ann.source, ann.more_tie_ids) == ("s-deal", 0.5, None, ("s-rule",))
    assert found.by_id["ben"] == RULE.by_id["ben"]
    assert found.deal is not None
    assert found.deal.differing == {"ann"}


def test_who_has_a_stake_in_the_deal_only_is_added():
    new = Stakeholder("eva", "Eva", roles=frozenset({"legal"}), stakeholder_id="s-new")
    found = in_deal(RULE, DEAL, [DealStance(new)])
    assert found.by_id["eva"].roles == {"legal"}
    assert [one.field for one in differences(RULE, [DealStance(new)])] == ["roles"]


def test_what_the_deal_does_not_state_is_no_difference():
    silent = Stakeholder("ann", "Ann", stakeholder_id="s-deal")
    same = Stakeholder("ann", "Ann", support="neutral", roles=frozenset({"user"}), stakeholder_id="s-deal")
    assert differences(RULE, [DealStance(silent)]) == differences(RULE, [DealStance(same)]) == []
    assert in_deal(RULE, DEAL, [DealStance(silent)]).by_id["ann"] == ANN
    worded = DealStance(silent, (("decision_criteria", "Price"),))
    (found,) = differences(RULE, [worded])
    assert (found.field, found.standing, found.in_deal) == ("decision_criteria", (), ("Price",))


@given(st.sampled_from(SUPPORTS), st.sampled_from(POLITICAL_STATUSES), st.sampled_from(SUPPORTS))
def test_a_person_differs_exactly_when_the_deal_states_something_else(rule: str, status: str, deal: str):
    structure = PowerStructure("c", TODAY, people=(Stakeholder("a", "A", support=rule, political_status=status),))
    own = DealStance(Stakeholder("a", "A", support=deal, stakeholder_id="s"))
    found = in_deal(structure, DEAL, [own])
    assert (found.deal.differing == {"a"}) == (deal not in ("unknown", rule))
    assert found.by_id["a"].support == (rule if deal == "unknown" else deal)
    assert found.by_id["a"].political_status == status
