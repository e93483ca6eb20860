"""The English sentence of every code that the domain gives, and how its fields are filled in.

Each sentence is a msgid: the app passes :func:`describe` its translator, so that whole sentences are translated before
names and numbers go in. ``N_`` marks them for extraction and does nothing else.

How a field is shown follows from its name: see :data:`ENUMERATED` and :data:`SHARES`. Dates go through ``show_date``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from graphcrm.domain.account_plan_words import RISKS
from graphcrm.domain.congratulations_words import CONGRATULATIONS
from graphcrm.domain.goodwill_plan_words import PLAN
from graphcrm.domain.goodwill_words import GIFTS, GOODWILL, RANKING
from graphcrm.domain.guests_words import GUESTS, JOINT
from graphcrm.domain.introductions_words import INTRODUCTIONS
from graphcrm.domain.structure_changes_words import STRUCTURE_CHANGES

ENUMERATED: Mapping[str, str] = {
    "role": "role",
    "roles": "role",
    "support": "support",
    "political_status": "political_status",
    "coverage": "coverage",
    "contact_kind": "interaction_kind",
    "mood": "mood",
    "support_before": "support",
    "political_before": "political_status",
    "level_before": "relationship_level",
    "level_now": "relationship_level",
    "kept_level": "relationship_level",
    "date_kind": "date_kind",
    "action_kind": "action_kind",
    "action_status": "action_status",
    "channel": "channel",
    "level_wanted": "relationship_level",
    "goodwill_rule": "goodwill_rule",
    "goodwill_method": "goodwill_method",
    "goodwill_mark": "goodwill_mark",
    "gift_step": "gift_step",
    "reaction": "reaction",
}
"""Fields that hold codes of an enumeration, and of which."""
SHARES = frozenset({"share", "chance", "betweenness", "weight"})
"""Fields that hold a number 0-1, shown in per cent."""
DATES = frozenset({"partial_date"})
"""Fields that hold the text of a partial date; a ``date`` is known by its type."""


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction; it is translated where it is shown."""
    return message


QUESTIONS: Mapping[str, str] = {
    "C1.1": N_("With whom was the first sales contact made?"),
    "C1.2": N_("Which other contacts exist?"),
    "C1.3": N_("Who decides the purchase?"),
    "C1.4": N_("Who influences that decision?"),
    "C1.5": N_("Who performs technical functions?"),
    "C1.6": N_("Who decides the payment?"),
    "C1.7": N_("Who influences the payment?"),
    "C1.8": N_("How well is the power structure known, and each one's role in it?"),
}
STATUSES: Mapping[str, str] = {
    "known": N_("Known"),
    "partly": N_("Known in part"),
    "not_known": N_("Not known"),
}
PARTS: Mapping[str, str] = {
    "reach": N_("Influence on those who decide"),
    "purchase": N_("Right to decide the purchase"),
    "payment": N_("Right to decide the payment"),
    "formal": N_("Formal rank"),
    "brokerage": N_("Brokerage"),
    "veto": N_("Veto"),
    "structural_holes": N_("Freedom to broker"),
}
"""Names of the parts of power, by the names of :class:`graphcrm.domain.power.PowerWeights`."""

POWER: Mapping[str, str] = {
    "reach": N_("Sways those who decide: {deciders}."),
    "reach_at_most": N_("Sways those who decide, at most: {deciders}."),
    "reach_none": N_("Sways nobody who decides, as far as is known."),
    "reach_sole_decider": N_("Is the only one known to decide: there is nobody else to sway."),
    "reach_no_decider": N_("It is not known who decides, so the influence on them cannot be computed."),
    "purchase_right": N_("Has a say in the purchase as: {roles}."),
    "purchase_none": N_("No role in deciding the purchase."),
    "purchase_unknown": N_("No role is known, so the say in the purchase is not known."),
    "payment_right": N_("Has a say in the payment as: {roles}."),
    "payment_none": N_("No role in deciding the payment."),
    "payment_unknown": N_("No role is known, so the say in the payment is not known."),
    "formal_level": N_("Level {level} of {deepest} in the organisation."),
    "formal_inferred": N_("Level {level} of {deepest} in the organisation, counted along the reporting lines."),
    "formal_unknown": N_("The level in the organisation is not known."),
    "brokerage": N_("Stands between others: {betweenness} of the shortest paths of influence."),
    "brokerage_none": N_("Stands between no others in the influence network."),
    "veto_right": N_("Can stop the purchase as: {roles}."),
    "veto_none": N_("No role that can stop the purchase."),
    "veto_unknown": N_("No role is known, so the power to stop the purchase is not known."),
    "structural_holes": N_("Burt's constraint is {constraint}; the lower, the freer to broker between contacts."),
    "structural_holes_unknown": N_("No influence ties are known, so there is no constraint to compute."),
    "interest_stated": N_("Interest stated by us: {interest} of 10."),
    "interest_stance": N_("The attitude to us shows interest: {support}."),
    "interest_deal": N_("Has a stake in deals under way: {count}."),
    "interest_contacts": N_("Contacts with us in the last twelve months: {count}."),
    "interest_unknown": N_("Nothing shows how much our matter concerns this person."),
}
FACTS: Mapping[str, str] = {
    "sways_directly": N_("Sways {decider} directly: {chance}."),
    "sways_through": N_("Sways {decider} through {through}: {chance}."),
    "influence": N_("{source} sways {target}: {weight}."),
    "influence_strength_unknown": N_("{source} sways {target}, strength not known: about {weight}."),
    "weight": N_("Weighs {share} in the score."),
    "stance": N_("{person}: {support}."),
    "lacking": N_("{person}: not known."),
}
HEALTH: Mapping[str, str] = {
    "map_empty": N_("Nobody is on the map yet."),
    "map_no_key_player": N_("None of the people on the map ({count}) is known to decide or to sway those who do."),
    "map_no_supporter": N_("None of the key figures supports us: {people}."),
    "map_supporter": N_("Key figures who support us: {people}."),
    "coverage_no_key_figure": N_("No key figure is known, so coverage cannot be judged."),
    "coverage_missing": N_("Nobody of ours is in contact with: {people}."),
    "coverage_complete": N_("We are in contact with every key figure ({count})."),
    "single_threaded": N_("All contact hangs on {people}."),
    "contact_leaving": N_("About to leave: {people}."),
}
GAPS: Mapping[str, str] = {
    "nobody_known": N_("Nobody at the client is known."),
    "no_purchase_decider": N_("It is not known who decides the purchase."),
    "no_payment_decider": N_("It is not known who decides the payment."),
    "no_technical_role": N_("It is not known who performs technical functions."),
    "deciding_seat_vacant": N_("The seat that decides is vacant: {people}."),
    "reporting_cycle": N_("These people report to each other in a circle: {people}."),
    "vacant_seat": N_("The seat is vacant."),
    "name_unknown": N_("Only the function is known, not the name."),
    "no_role_known": N_("No role in the decision is known."),
    "stance_unknown": N_("The attitude to us is not known."),
    "not_covered": N_("Nobody of ours is in contact."),
    "no_influence_known": N_("No influence from or on this person is known."),
    "level_unknown": N_("The level in the organisation is not known."),
    "influence_strength_missing": N_("Influences without a strength: {count}."),
    "never_verified": N_("Role and attitude were never verified."),
    "not_verified_for_long": N_("Role and attitude were last verified on {date}."),
    "leaves": N_("Leaves the client: {partial_date}."),
}
MISSING: Mapping[str, str] = {
    "missing_first_contact": N_("The first contact is not recorded."),
    "missing_first_contact_details": N_("The day of the first contact, or who of ours made it, is not recorded."),
    "missing_contacts": N_("It is not recorded with whom we have contact."),
    "missing_some_contacts": N_("Of some people it is not recorded whether we have contact."),
    "missing_purchase_decider": N_("Nobody is known who decides the purchase."),
    "missing_purchase_decider_vacant": N_("The seat that decides the purchase is vacant."),
    "missing_purchase_decider_only_signs": N_("Only who signs is known, not who decides."),
    "missing_technical": N_("Nobody with a technical function is known."),
    "missing_payment_decider": N_("Nobody is known who decides the payment."),
    "missing_payment_decider_vacant": N_("The seat that decides the payment is vacant."),
    "missing_payment_decider_only_budget": N_("Only who holds the budget is known, not who decides the payment."),
    "missing_confidence": N_("The source is not sure."),
    "missing_influence": N_("No influence on those who decide is known."),
    "missing_influence_on_some": N_("Of some who decide it is not known who influences them."),
    "missing_strength": N_("How strong some of the influences are is not known."),
    "missing_decider_first": N_("As long as it is not known who decides, it cannot be told who influences them."),
    "missing_structure": N_("Roles, attitudes or influences of some people are not known, or not verified."),
}
KNOWLEDGE: Mapping[str, str] = {
    "knowledge_questions": N_("Questions C1.1 to C1.7 answered: {share}."),
    "knowledge_roles": N_("Role known: {count} of {total} people."),
    "knowledge_stance": N_("Attitude to us known: {count} of {total} people."),
    "knowledge_influence": N_("Influence known: {count} of {total} people."),
    "knowledge_chart": N_("Place in the organisation known: {count} of {total} people."),
    "knowledge_confidence": N_("Mean confidence in role and attitude: {share}."),
    "knowledge_freshness": N_("Freshness of role and attitude: {share}."),
    "knowledge_coverage": N_("In contact with us: {count} of {total} people."),
}
STRENGTH: Mapping[str, str] = {
    "strength_stated": N_(
        "Stated as {strength} of 10 on {date}; {share} of it is left, with a half-life of {count} days."
    ),
    "strength_not_stated": N_("No strength is stated: it is counted from the recorded contacts alone."),
    "strength_contact": N_("{contact_kind} on {date}, {mood}: added {strength}; {share} of it is left."),
    "strength_contact_mood_unknown": N_(
        "{contact_kind} on {date}, mood not known: added about {strength}; {share} of it is left."
    ),
    "strength_earlier": N_("What is left of earlier contacts ({count})."),
    "strength_level_unknown": N_("The level of the relation is not known: a half-life of {count} days is assumed."),
    "strength_undated": N_("Stated as {strength} of 10, but it is not known of which day."),
    "strength_unknown": N_("No strength is stated and no contact is recorded."),
}
"""How strong a relation is, and why."""
COVERAGE: Mapping[str, str] = {
    "cover_not_covered": N_("A key figure, and nobody of ours is in contact."),
    "cover_leaving": N_("Leaves us: {partial_date}. In contact with: {people}."),
    "cover_leaving_only": N_("Leaves us: {partial_date}. Nobody else is in contact with: {people}."),
    "cover_person_leaving": N_("Leaves the client: {partial_date}."),
    "cover_below_wanted": N_("With {employee}: now {level_now}, wanted {level_wanted}."),
    "cover_level_unknown": N_("With {employee}: level now not known, wanted {level_wanted}."),
    "cover_not_begun": N_("With {employee}: not in contact yet, wanted {level_wanted}."),
    "cover_cold": N_("With {employee}: strength {strength} of 10; {kept_level} asks for {floor}."),
}
"""What is amiss with the coverage of somebody, after their name."""
WEEK: Mapping[str, str] = {
    "week_step": N_("Next step: {step} (agreed on {date})."),
    "week_step_open": N_("A next step was agreed on {date}; what it is was not written down."),
    "week_plan_step": N_("Step of the account plan: {step}."),
    "week_deal": N_("The decision on {name} is due."),
    "week_plan": N_("A plan of the client comes due: {name} ({partial_date})."),
    "week_occasion_only": N_("{date_kind}."),
    "week_occasion": N_("{date_kind}: {name}."),
    "week_goodwill_what": N_("{action_kind}: {name} ({action_status})."),
    "week_goodwill": N_("{action_kind}: {action_status}."),
    "week_invitation": N_("Invitation to “{event}”: {action_status}."),
    "week_cools": N_("With {employee}: the strength falls below {floor} of 10 on {date} if nobody is in touch."),
}
"""What a week brings."""
NEXT_QUESTION: Mapping[str, str] = {
    "ask_role": N_("Which role does {person} have in the decision?"),
    "ask_role_so": N_("Is the role of {person} really: {roles}?"),
    "ask_tie_so": N_("Does {person} really sway {target}?"),
    "ask_strength": N_("How strongly does {person} sway {target}?"),
    "ask_level": N_("On which level of the organisation does {person} sit?"),
    "answer_yes": N_("Yes"),
    "answer_no": N_("No"),
    "answer_none": N_("None that bears on the decision"),
    "answer_role": N_("{role}"),
    "answer_weak": N_("Weakly (1 to 3 of 10)"),
    "answer_medium": N_("Fairly (4 to 7 of 10)"),
    "answer_strong": N_("Strongly (8 to 10 of 10)"),
    "answer_level": N_("Level {level}"),
    "effect_same": N_("The first {top} stay as they are."),
    "effect_order": N_("The order of the first {top} changes."),
    "effect_first": N_("{person} becomes the first."),
    "effect_exchange": N_("Among the first {top}: {entering}; no longer: {leaving}."),
}
"""The next best question, its answers, and what each answer would do to the ranking."""
DUPLICATES: Mapping[str, str] = {
    "same_name": N_("The names are the same."),
    "same_name_spelling": N_("The names are spellings or short forms of one name."),
    "same_name_initials": N_("The surnames are the same and the initials fit."),
    "same_name_family": N_("The surnames are the same."),
    "same_name_given": N_("The given names are the same."),
    "same_email": N_("The same e-mail address: {email}."),
    "same_birthday": N_("Born on the same day."),
    "same_day_of_year": N_("The same birthday, a year is not known."),
    "same_phone": N_("The same phone number: {phone}."),
    "same_employer": N_("The same employer: {firms}."),
    "same_other_given": N_("The given names differ."),
    "same_other_second": N_("The patronymics or middle names differ."),
    "same_other_family": N_("The surnames differ."),
    "same_other_family_of_woman": N_("The surnames differ; a woman may have taken another by marriage."),
    "same_other_generation": N_("One is called junior, the other senior."),
    "same_other_birthday": N_("Born on different days."),
    "same_other_sex": N_("One is a man, the other a woman."),
    "same_tied": N_("A tie leads from one to the other."),
    "same_other_employer": N_("Different employers: {one}; {other}."),
    "same_inn": N_("The same INN: {number}."),
    "same_vat": N_("The same VAT number: {number}."),
    "same_registry_number": N_("The same registry number: {number}."),
    "same_firm_name_same": N_("The names are the same but for legal form and spelling."),
    "same_firm_name_alike": N_("The names are one typing error apart."),
    "same_firm_name_within": N_("One name holds the other."),
    "same_site": N_("The same website: {site}."),
    "same_city": N_("The same city: {city}."),
    "same_other_number": N_("Their registration numbers differ."),
    "same_other_firm_name": N_("The names differ."),
    "same_other_country": N_("Different countries."),
    "same_other_city": N_("Different cities: {one}; {other}."),
    "same_other_form": N_("Different legal forms."),
}
"""Why two records are likely one's, or are not."""
WIN: Mapping[str, str] = {
    "win_backing": N_("Back us already: {people}."),
    "win_decides": N_("{person} has a say in the decision as: {roles}."),
    "win_decides_and_sways": N_("{person} has a say in the decision as: {roles}; sways: {deciders}."),
    "win_sways": N_("{person} sways those who decide: {deciders}."),
    "win_veto": N_("{person} can stop the purchase and is not on our side ({support}). Roles: {roles}."),
    "win_veto_and_sways": N_(
        "{person} can stop the purchase and is not on our side ({support}). Roles: {roles}. Sways: {deciders}."
    ),
    "win_sways_nobody": N_("{person} sways nobody who decides, as far as is known."),
    "win_answers": N_("{person} sways somebody who can stop the purchase."),
}
"""Why somebody belongs to a group to win."""
ACCESS: Mapping[str, str] = {
    "access_no_decider": N_("It is not known who decides, so it is not known how much of the decision we reach."),
    "access_none": N_("Nobody of ours is in contact with anybody there."),
    "access_decides": N_("{person}, in contact with {people}, has a say in the decision as: {roles}."),
    "access_decides_and_sways": N_(
        "{person}, in contact with {people}, has a say in the decision as: {roles}; sways: {deciders}."
    ),
    "access_sways": N_("{person}, in contact with {people}, sways: {deciders}."),
    "access_sways_nobody": N_("{person}, in contact with {people}, sways nobody who decides, as far as is known."),
}
"""Why we reach so much of the decision."""
MESSAGES: Mapping[str, str] = {
    **POWER,
    **FACTS,
    **HEALTH,
    **GAPS,
    **MISSING,
    **KNOWLEDGE,
    **NEXT_QUESTION,
    **STRENGTH,
    **COVERAGE,
    **WEEK,
    **DUPLICATES,
    **WIN,
    **CONGRATULATIONS,
    **INTRODUCTIONS,
    **ACCESS,
    **STRUCTURE_CHANGES,
    **GUESTS,
    **JOINT,
    **PLAN,
    **GOODWILL,
    **RISKS,
    **GIFTS,
    **RANKING,
}
"""Every sentence by its code."""


def describe(
    code: str,
    params: Mapping[str, Any] | None = None,
    *,
    translate: Callable[[str], str] = str,
    name_of: Callable[[str, str], str] = lambda enumeration, value: value,
    show_date: Callable[[date | str], str] = str,
    show_share: Callable[[float], str] = "{:.0%}".format,
) -> str:
    """The sentence of a code with its fields filled in.

    Args:
        code: of a reason, fact, gap or answer.
        params: the fields.
        translate: from an English sentence to the reader's language.
        name_of: from an enumeration and a code in it to its name.
        show_date: from a date, or the text of a partial date, to how the reader writes it.
        show_share: from a number 0-1 to how the reader writes per cent.

    Raises:
        KeyError: there is no such code, or a field is missing. That is a bug of ours.
    """

    def show(name: str, value: Any) -> str:
        if isinstance(value, tuple | list | frozenset):
            return ", ".join(_items(value, name, show))
        if name in ENUMERATED:
            return name_of(ENUMERATED[name], value)
        if isinstance(value, date) or name in DATES:
            return show_date(value)
        if name in SHARES:
            return show_share(value)
        return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

    fields = {name: show(name, value) for name, value in (params or {}).items()}
    said = translate(MESSAGES[code]).format_map(fields)
    # A Russian date ends in a full stop of its own.
    return said[:-1] if said.endswith("..") and not said.endswith("...") else said


def _items(values: Iterable[Any], name: str, show: Callable[[str, Any], str]) -> Iterable[str]:
    """Each item as text; a pair of a name and a share becomes "name 64%"."""
    for value in values:
        if isinstance(value, tuple) and len(value) == 2:
            yield f"{value[0]} {show('share', value[1])}"
        else:
            yield show(name, value)
