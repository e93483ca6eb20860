"""The English sentences of events: why a guest is on the list or is not, and what milestones there are."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


GUESTS: Mapping[str, str] = {
    "guest_uncovered_key": N_("A key figure whom nobody of ours covers."),
    "guest_uncovered": N_("Nobody of ours covers this person."),
    "guest_cold_key": N_("The relation of {employee} with this key figure has cooled off."),
    "guest_cold": N_("The relation with {employee} has cooled off."),
    "guest_below_wanted_key": N_("The relation of {employee} with this key figure is below the wanted level."),
    "guest_below_wanted": N_("The relation with {employee} is below the wanted level."),
    "guest_power": N_("Power over the decision: {share}."),
    "guest_role": N_("The only one on the list from {client} with the role “{role}”."),
    "guest_meets": N_("Neutral, and meets our supporter: {people}."),
    "guest_host_of": N_("Supports us, and meets who is still neutral: {people}."),
    "guest_conflict": N_("In conflict with {person}, who is on the list."),
    "left_by_hand": N_("Left out by hand."),
    "left_nothing": N_("Would add nothing to the goals as they are weighed."),
    "left_conflict": N_("In conflict with {person}, who adds more."),
    "left_client_full": N_("{client} has its {count} guests already; the list is worth more with them."),
    "left_full_locked": N_("All places are taken by those who are locked in."),
    "left_full_seats": N_("All seats are taken; the last guest, {person}, adds {points}."),
    "left_full_budget": N_("The budget is used up; the last guest, {person}, adds {points}."),
    "barred_invited": N_("Is on the list already."),
    "barred_leaves": N_("Leaves the client on {date}, before the event."),
    "guests_no_seats": N_("The number of seats is not known, so it limits nothing."),
    "guests_no_currency": N_("The budget has no currency, so it limits nothing."),
    "guests_no_cost": N_("The cost per guest is not known, so the budget limits nothing."),
}
"""Why somebody is on the list of an event, is not, or cannot be."""
JOINT: Mapping[str, str] = {
    "milestone_deal_won": N_("The deal “{name}” was won on {date}."),
    "milestone_delivery": N_("The {number}th delivery was made on {date}."),
    "milestone_delivery_expected": N_("The {number}th delivery is expected about {date}, at the last year's pace."),
    "milestone_anniversary": N_("{date}: anniversary of the first contract on record, year {number}."),
    "milestone_project": N_("{name}: {date}."),
    "joint_agree": N_("{date}: agree day, place and occasion with the client."),
    "joint_rules": N_("{date}: look at the rules of both sides, have the budget approved."),
    "joint_invite": N_("{date}: invitations out, on both sides."),
    "joint_answers": N_("{date}: answers in, ask once more."),
    "joint_programme": N_("{date}: programme, speeches, tables."),
    "joint_day": N_("{date}: the event."),
    "joint_after": N_("{date}: thank everybody, note what came of it."),
}
"""What there is to celebrate with a client, and the steps to it."""
