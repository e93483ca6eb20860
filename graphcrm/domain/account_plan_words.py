"""The English sentences of the risks that follow from what is known of a client."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction; it is translated where it is shown."""
    return message


RISKS: Mapping[str, str] = {
    "risk_no_decider": N_("It is not known who decides."),
    "risk_no_contact": N_("Nobody of ours is in contact with anybody there."),
    "risk_single_threaded": N_("All contact hangs on {people}."),
    "risk_ours_leaving": N_("{person} of ours leaves: {partial_date}. In contact with: {people}."),
    "risk_theirs_leaving": N_("{person}, with whom we are in contact, leaves: {partial_date}."),
    "risk_veto": N_("{person} can stop the purchase ({roles}; {support}), and nobody who backs us sways them."),
    "risk_single_way": N_("Without {person} we no longer reach {people}."),
    "risk_uncovered": N_("Key figures whom nobody of ours is in contact with: {people}."),
}
