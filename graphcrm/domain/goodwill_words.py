"""The English sentences about methods of goodwill and gifts."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


GOODWILL: Mapping[str, str] = {
    "goodwill_rule": N_("{goodwill_rule}"),
    "goodwill_level": N_("Asks for the relation “{level_wanted}”; it is “{level_now}”."),
    "goodwill_level_unknown": N_("Asks for the relation “{level_wanted}”; how far the relation is, is not known."),
    "goodwill_price_missing": N_("The price is not known. Enter it in the catalogue of gifts."),
    "goodwill_rate_missing": N_("There is no exchange rate from {base} into {into} for {date}. Enter one."),
    "goodwill_over_gift": N_("{value} is over the limit of {limit} for one gift ({policy})."),
    "goodwill_over_gift_split": N_(
        "Together with what goes to the same person or household within {days} days it is {value}: over the limit of "
        "{limit} for one gift ({policy})."
    ),
    "goodwill_over_year": N_("With it {value} would be given over 12 months: over the limit of {limit} ({policy})."),
    "goodwill_over_year_household": N_(
        "With it {value} would be given to the household over 12 months: over the limit of {limit} ({policy})."
    ),
    "goodwill_over_employer": N_(
        "With it {value} would be given to people of {firm} over 12 months: over the limit of {limit} ({policy})."
    ),
    "goodwill_room": N_("Up to {value} is left of the limits."),
    "goodwill_no_room": N_("Nothing of value may be given: the limit is {limit} ({policy})."),
    "goodwill_room_used": N_("The limit of {limit} over 12 months is used up ({policy})."),
    "goodwill_value_unknown": N_("Of {count} earlier gifts the value is not known, so the sums are at least these."),
    "goodwill_approvals_one": N_("From {limit} somebody else has to agree ({policy})."),
    "goodwill_approvals_two": N_("From {limit} two others have to agree ({policy})."),
    "goodwill_bad_reaction": N_("The reaction to a gift of this kind on {date} was: {reaction}."),
    "goodwill_good_reaction": N_("The reaction to a gift of this kind on {date} was: {reaction}."),
    "goodwill_declined": N_("A gift of this kind was declined or returned on {date}."),
}
