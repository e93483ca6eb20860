"""The mark of a method or a gift, and its reasons with where each comes from."""

from __future__ import annotations

from graphcrm.domain.goodwill_rules import Finding, Verdict
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.ui.components.chips import chip, value_chip
from graphcrm.ui.components.formats import safe
from graphcrm.ui.components.reasons import sentence
from graphcrm.vocabulary.goodwill import goodwill_catalogue


def N_(text: str) -> str:  # the customary name of a mark for extraction
    """Mark a text for extraction."""
    return text


NO_ADVICE = N_("Rules are house defaults, policies that were entered, or customs; none of it is legal advice.")


def mark_chips(verdict: Verdict) -> str:
    """The mark, and how many have to agree, as HTML."""
    chips = [value_chip("goodwill_mark", verdict.mark)]
    if verdict.approvals and verdict.mark != "not_correct":
        told = {1: _("one has to agree"), 2: _("two have to agree")}.get(verdict.approvals, str(verdict.approvals))
        chips.append(chip(told, "#6b5b7b"))
    return " ".join(chips)


def finding_list(verdict: Verdict) -> str:
    """Every reason, the gravest first, each with its source, as HTML."""
    if not verdict.findings:
        return f'<p class="gc-note">{safe(_("No rule and no limit stands against it."))}</p>'
    return '<ul class="gc-proof">' + "".join(_item(one) for one in verdict.findings) + "</ul>"


def _item(finding: Finding) -> str:
    signs = {"never": "✕", "caution": "!", "favours": "+", "note": "·"}
    weight = {
        "never": _("speaks against it"),
        "caution": _("asks for care"),
        "favours": _("speaks for it"),
        "note": _("to know"),
    }
    said = sentence(finding.reason.code, finding.reason.params)
    sign = (
        f'<b title="{safe(weight[finding.then])}" aria-label="{safe(weight[finding.then])}">{signs[finding.then]}</b>'
    )
    return f"<li>{sign} {safe(said)}{_origin(finding)}</li>"


def _origin(finding: Finding) -> str:
    rule = goodwill_catalogue().rules.get(str(finding.reason.params.get("goodwill_rule", "")))
    if rule is None:
        return ""
    basis = {"law": _("Law"), "custom": _("Custom"), "house": _("House rule")}[rule.basis]
    return f"<small>{safe(basis)}: {safe(rule.origin_in(language()))}</small>"
