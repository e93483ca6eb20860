"""The tabs of a client's page, in their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.services.base_analysis import client_analysis
from graphcrm.ui.components.account_plan import render_account_plan
from graphcrm.ui.components.base_analysis import render_base_analysis
from graphcrm.ui.components.client_contacts import render_client_contacts
from graphcrm.ui.components.coverage import render_coverage
from graphcrm.ui.components.goodwill_plan import render_goodwill_plan
from graphcrm.ui.components.key_figures import render_key_figures
from graphcrm.ui.components.next_question import render_gaps
from graphcrm.ui.components.power_map import render_power_map
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.ui.components.structure_changes import render_structure_changes
from graphcrm.ui.components.time_slider import render_time_slider
from graphcrm.ui.components.what_if import render_what_if
from graphcrm.ui.components.whom_to_win import render_whom_to_win

CLIENT_TAB = "client-tab"
"""The key of the tabs."""


def client_tabs() -> list[tuple[str, Callable[[App, Viewer, str, date], None]]]:
    """(title, what draws it) of each tab."""
    return [
        (_("Power map"), _power_map),
        (_("Base analysis"), _base_analysis),
        (_("Key figures"), render_key_figures),
        (_("Gaps"), render_gaps),
        (_("Whom to win"), render_whom_to_win),
        (_("What if"), render_what_if),
        (_("Coverage"), render_coverage),
        (_("Contacts"), render_client_contacts),
        (_("Changes"), render_structure_changes),
        (_("Account plan"), render_account_plan),
        (_("Goodwill plan"), render_goodwill_plan),
    ]


def _power_map(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    render_time_slider(app, viewer, client_id, as_of)
    render_power_map(app, viewer, client_id, as_of, weights=chosen_weights())


def _base_analysis(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    render_base_analysis(client_analysis(app.database, viewer, chosen_subject(client_id), as_of=as_of))
