"""The English sentences about methods of goodwill and gifts."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


GOODWILL: Mapping[str, str] = {
    "goodwill_rule": N_("{goodwill_rule}"),
    "goodwill_not_possible": N_("This is not possible on this day."),
    "goodwill_with_care": N_("Only with care on this day."),
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
    "goodwill_value_unknown": N_(
        "Of {count} earlier gifts or invitations the value is not known, so the sums are at least these."
    ),
    "goodwill_invitation": N_("Counted in these sums: the invitation to “{event}” on {date} ({value})."),
    "goodwill_invitation_unknown": N_(
        "Counted in these sums: the invitation to “{event}” on {date}; what it costs for each guest is not known."
    ),
    "goodwill_invitation_household": N_(
        "Counted in these sums: the invitation of another of the household or firm to “{event}” on {date} ({value})."
    ),
    "goodwill_invitation_household_unknown": N_(
        "Counted in these sums: the invitation of another of the household or firm to “{event}” on {date}; what it "
        "costs for each guest is not known."
    ),
    "goodwill_approvals_one": N_("From {limit} somebody else has to agree ({policy})."),
    "goodwill_approvals_two": N_("From {limit} two others have to agree ({policy})."),
    "goodwill_bad_reaction": N_("The reaction to a gift of this kind on {date} was: {reaction}."),
    "goodwill_good_reaction": N_("The reaction to a gift of this kind on {date} was: {reaction}."),
    "goodwill_declined": N_("A gift of this kind was declined or returned on {date}."),
}
GIFTS: Mapping[str, str] = {
    "gift_wrong_state": N_("“{gift_step}” does not follow on “{action_status}”."),
    "gift_sent_by_file": N_("A file says that it waits for approval; nobody sent it here. Take it back, and send it."),
    "gift_own_approval": N_("Nobody approves what they planned or hand over themselves: ask somebody else."),
    "gift_approver_receives": N_("Nobody approves what is for themselves or their household."),
    "gift_approved_before": N_("You have agreed already; somebody else has to agree, too."),
    "gift_send_first": N_("Send it for approval first; how many have to agree: {count}."),
    "gift_needs_more": N_("Others still have to agree; how many: {count}."),
    "gift_send_again": N_(
        "Others still have to agree here; how many: {count}. Take it back, and send it for approval."
    ),
    "gift_before_approval": N_("It was agreed on {date} only: it cannot have been given before."),
    "gift_day_past": N_("The day {date} is past: choose one from today on."),
    "gift_day_passed": N_("The day {date} is past: choose another day, or cancel it."),
    "gift_day_was": N_("It was planned for {date} before."),
    "gift_day_was_not_set": N_("No day was set before."),
    "gift_day_ahead": N_("The day {date} is still ahead: record the gift when it has been given."),
    "gift_backdated": N_("The day {date} is too far back: a gift is recorded within {days} days."),
    "invitation_cost_missing": N_(
        "What the event costs for each guest is not known, so no limit can be looked at. Enter it with the event."
    ),
    "gift_planned_twice": N_("{employee} has a gift to the same person under way for {date} ({action_status})."),
    "gift_planned_twice_undated": N_("{employee} has a gift to the same person under way ({action_status})."),
}
RANKING: Mapping[str, str] = {
    "rank_fit": N_("Fits: {fits}."),
    "rank_fit_none": N_("Nothing that is known of the person or the occasion speaks for it."),
    "none_fits": N_("Nothing in the catalogue that is correct fits what is known of them: {fits}."),
    "none_interests_known": N_("What they like is not known, and no correct gift is meant for an occasion of theirs."),
    "rank_correct": N_("By the rules: {goodwill_mark}."),
    "rank_new": N_("Not given to this person before."),
    "rank_given": N_("Given to this person before, last on {date}."),
    "rank_given_kind": N_("A gift of the same kind was given on {date}."),
    "rank_cost": N_("{value} of a budget of {limit}."),
    "rank_cost_over": N_("{value} is over the budget of {limit}."),
    "rank_cost_unknown": N_("The price, or an exchange rate, is not known."),
    "rank_lead": N_("{days} days of preparation are needed, {count} are left."),
    "rank_lead_short": N_("{days} days of preparation are needed, only {count} are left."),
    "rank_lead_unknown": N_("How long it takes to prepare is not known."),
    "rank_liked": N_("The reaction to a gift of this kind on {date} was: {reaction}."),
    "rank_liked_none": N_("No reaction to a gift of this kind is known."),
}
