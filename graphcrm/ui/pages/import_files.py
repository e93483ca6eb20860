"""Import by upload: choose files, see what would change and what is wrong, then apply."""

from __future__ import annotations

from typing import Any

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.i18n import translate as _
from graphcrm.services import importing
from graphcrm.services.importing import ImportPlan
from graphcrm.ui import session
from graphcrm.ui.components import import_plan as parts
from graphcrm.ui.components.file_format import show_file_format
from graphcrm.ui.components.import_mapping import ask_for_mappings, show_kept_mappings
from graphcrm.ui.components.progress import ProgressBar
from graphcrm.ui.state import ui_state


def page() -> None:
    """Upload, check, plan, apply, report: from top to bottom."""
    app = session.current_app()
    st.title(_("Import"), anchor=False)
    if not parts.may_import():
        return
    files = st.file_uploader(_("Files"), accept_multiple_files=True, key=f"upload_{_state()['round']}")
    with st.expander(_("Files and columns"), icon=":material/description:", expanded=False):
        show_file_format()
    show_kept_mappings(app)
    if files:
        _plan_and_apply(app, files)
    if _state()["report"] is not None:
        parts.show_report(_state()["report"])


def _state() -> dict[str, Any]:
    return ui_state().pages.setdefault("import", {"round": 0, "files": None, "plan": None, "report": None})


def _plan_and_apply(app: App, files: list[Any]) -> None:
    plan = _checked(app, files)
    ask_for_mappings(app, plan.headers)
    parts.show_plan(plan, _state()["round"])
    if parts.choose_to_apply(plan):
        _apply(app, plan)


def _checked(app: App, files: list[Any]) -> ImportPlan:
    """The plan of these files; made once, not at every click."""
    state = _state()
    new = parts.new_organizations(state["round"])
    names = (new, *((file.file_id, file.name) for file in files))
    if state["files"] != names:
        with ProgressBar(_("Checking the files"), _cancel) as bar:
            streams, viewer = [(file.name, file) for file in files], session.current_viewer()
            plan = importing.check_folder(app.database, viewer, streams, new_organizations=new, progress=bar)
        state["plan"] = plan
        state["files"], state["report"] = names, None
    return state["plan"]


def _apply(app: App, plan: ImportPlan) -> None:
    state = _state()
    with ProgressBar(_("Importing"), _cancel) as bar:
        viewer, bad = session.current_viewer(), bool(plan.problems)
        state["report"] = importing.apply_plan_together(
            app.database, viewer, plan, skip_bad_rows=bad, today=app.today(), progress=bar
        )
    state.update(round=state["round"] + 1, files=None, plan=None)  # so the same files are not offered twice
    st.rerun()


def _cancel() -> None:
    """Streamlit ends a run when its user clicks: the transaction of the import with it, so nothing of it stays."""
    _state().update(round=_state()["round"] + 1, files=None, plan=None, report=None)
    ui_state().done = _("The import was cancelled. Nothing of it was saved.")
