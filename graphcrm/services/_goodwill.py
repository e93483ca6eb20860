"""What the services of goodwill share: the rule book in the language in use. Not a service itself."""

from __future__ import annotations

from graphcrm.domain.goodwill_rules import Method, Rule, RuleBook
from graphcrm.i18n import translate as _
from graphcrm.vocabulary.goodwill import goodwill_catalogue


def rule_book() -> RuleBook:
    """The shipped rules, methods and house defaults."""
    catalogue = goodwill_catalogue()
    return RuleBook(
        rules=tuple(Rule(code, one.when, one.then, one.approvals) for code, one in catalogue.rules.items()),
        methods={
            code: Method(code, one.kind, one.offerings, one.costs, one.level, one.sober)
            for code, one in catalogue.methods.items()
        },
        figures=catalogue.figures,
        house=_("house default"),
    )
