"""What an import would do, what is wrong with its files, and what it did."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from graphcrm.i18n import plural, translate
from graphcrm.i18n import translate as _
from graphcrm.ingest.problems import Problem
from graphcrm.services._wording import value_name
from graphcrm.services.importing import ImportPlan, ImportReport
from graphcrm.ui import session
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.file_format import file_name_of
from graphcrm.ui.components.formats import plain
from graphcrm.vocabulary import VOCABULARY

MOST_PROBLEMS_SHOWN = 2000
MOST_NOTES_SHOWN = 100
MOST_NAMES_SHOWN = 10
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_import() -> bool:
    """Says which files are read, how much fits through the browser, and the way for more; or that one may not."""
    if not session.current_viewer().may_write:
        empty(_("Your role may not import."), _("Ask the owner of the data."))
        return False
    st.caption(
        _(
            "CSV files, one per kind, an Excel workbook with a sheet per kind, or address cards (.vcf) of people. "
            "Everything is checked before anything is saved; importing twice changes nothing."
        )
    )
    limit = st.get_option("server.maxUploadSize")
    st.caption(
        _(
            "At most {limit} MB a file here. Import a larger folder with `graphcrm import DIR` on the command line.",
            limit=limit,
        )
    )
    return True


def show_plan(plan: ImportPlan, upload: int) -> None:
    """What applying would do, and what stands in its way."""
    _choose_new_organizations(plan, upload)
    st.subheader(_("What would change"), anchor=False)
    st.write(summary_of_plan(plan))
    if plan.counts:
        show_counts(plan.counts, done=False)
    show_notes(plan.notes)
    if plan.problems:
        show_problems(plan.problems)
        st.info(_("Nothing is saved while there are problems, unless you choose to import the good rows alone."))


def new_organizations(upload: int) -> str:
    """What was chosen for this upload (its number among those of the session); "" for nothing."""
    return st.session_state.get(f"new_organizations_{upload}") or ""


def _choose_new_organizations(plan: ImportPlan, upload: int) -> None:
    """As what organisations are added that a list of contacts names and nobody knows; nothing where there are none."""
    names = dict.fromkeys(one.value for one in plan.problems if one.code.startswith("unknown_organization"))
    if not names and not new_organizations(upload):
        return
    kinds = VOCABULARY.enumerations["organization_kind"].values
    st.selectbox(
        _("Organisations that nobody knows"),
        [None, *(code for code in kinds if code != "own_firm")],
        format_func=lambda code: _("add them as: {kind}", kind=value_name("organization_kind", code)) if code
        else _("refuse the rows that name them"),
        key=f"new_organizations_{upload}",
    )  # fmt: skip
    if names:
        shown = ", ".join([*names][:MOST_NAMES_SHOWN]) + (" …" if len(names) > MOST_NAMES_SHOWN else "")
        st.caption(f"{plural('{n} organisation', '{n} organisations', len(names))}: {plain(shown)}")


def choose_to_apply(plan: ImportPlan) -> bool:
    """The button that applies the plan, the refused rows beside it. True when the button was pressed."""
    apply, bad_rows, _rest = st.columns([1, 1, 2])
    with apply:
        wanted = st.button(
            _("Import the good rows alone") if plan.problems else _("Import"),
            type="secondary" if plan.problems else "primary",
            disabled=not plan.changes,
            key="apply",
            width="stretch",
        )
    with bad_rows:
        offer_bad_rows(plan.bad_rows(_), key="bad_rows_before")
    return wanted


def show_report(report: ImportReport) -> None:
    """What was done, and the rows that were refused."""
    st.subheader(_("Done"), anchor=False)
    st.success(summary_of_report(report), icon=":material/check_circle:")
    show_counts(report.counts, done=True)
    show_notes(report.notes)
    if report.problems:
        show_problems(report.problems)
        offer_bad_rows(report.refused_files, key="bad_rows_after")


def show_notes(notes: Sequence[Problem]) -> None:
    """What should be known of how the files were read, and need not be mended."""
    if not notes:
        return
    with st.expander(
        plural("{n} remark on how the files were read", "{n} remarks on how the files were read", len(notes)),
        icon=":material/info:",
    ):
        for note in notes[:MOST_NOTES_SHOWN]:
            st.markdown(f"**{plain(note.file)}** · {plain(note.describe(translate))}")


def show_counts(counts: Mapping[str, object], *, done: bool) -> None:
    """One row per file: what would be, or was, made, changed, left and refused."""
    rows = [
        {
            "file": f"{stem}.csv",
            "kind": file_name_of(stem),
            "create": count.create,  # type: ignore[attr-defined]
            "update": count.update,  # type: ignore[attr-defined]
            "unchanged": count.unchanged,  # type: ignore[attr-defined]
            "refused": count.refused,  # type: ignore[attr-defined]
        }
        for stem, count in counts.items()
    ]
    column = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="import_counts",
        alt=_("Rows by file"),
        column_config={
            "file": column.TextColumn(_("File"), pinned=True),
            "kind": column.TextColumn(_("Holds")),
            "create": column.NumberColumn(_("Created") if done else _("To create"), format="localized"),
            "update": column.NumberColumn(_("Changed") if done else _("To change"), format="localized"),
            "unchanged": column.NumberColumn(_("Unchanged"), format="localized"),
            "refused": column.NumberColumn(_("Refused"), format="localized"),
        },
    )


def show_problems(problems: Sequence[Problem]) -> None:
    """Every problem with its place, value and mend."""
    st.subheader(plural("{n} problem", "{n} problems", len(problems)), anchor=False)
    if len(problems) > MOST_PROBLEMS_SHOWN:
        st.caption(_("The first {shown} are shown; the file of refused rows holds all.", shown=MOST_PROBLEMS_SHOWN))
    rows = [
        {
            "file": one.file,
            "row": one.row or None,
            "column": one.column,
            "value": one.value,
            "problem": _sentence(one),
            "mend": one.suggestion(translate),
        }
        for one in problems[:MOST_PROBLEMS_SHOWN]
    ]
    column = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="import_problems",
        alt=_("Problems of the import"),
        placeholder="",
        column_config={
            "file": column.TextColumn(_("File"), width=150, pinned=True),
            "row": column.NumberColumn(_("Row"), width=65, format="%d"),
            "column": column.TextColumn(_("Column"), width=130),
            "value": column.TextColumn(_("Value"), width=160),
            "problem": column.TextColumn(_("Problem"), width=380),
            "mend": column.TextColumn(_("Mend"), width=330),
        },
    )


def offer_bad_rows(files: Mapping[str, bytes], key: str) -> None:
    """The refused rows as a file (several: in a zip), to be mended and imported."""
    if not files:
        return
    if len(files) == 1:
        ((name, data),) = files.items()
        mime = SPREADSHEET if name.endswith(".xlsx") else "text/csv"
    else:
        data, name, mime = _packed(files), "refused-rows.zip", "application/zip"
    st.download_button(
        _("Download the refused rows"),
        data=data,
        file_name=name,
        mime=mime,
        icon=":material/download:",
        help=_("The rows as they were, with what is wrong in a last column. Mend them and import the file again."),
        on_click="ignore",
        key=key,
    )


def summary_of_plan(plan: ImportPlan) -> str:
    """One sentence on what applying would do."""
    if not plan.changes and not plan.problems:
        return _("The graph holds all of this already: nothing would change.")
    parts = [
        plural("{n} row to create", "{n} rows to create", plan.create),
        plural("{n} row to change", "{n} rows to change", plan.update),
        plural("{n} row unchanged", "{n} rows unchanged", plan.unchanged),
    ]
    if plan.rejected:
        parts.append(plural("{n} row refused", "{n} rows refused", plan.rejected))
    return " · ".join(parts)


def summary_of_report(report: ImportReport) -> str:
    """One sentence on what was done."""
    if report.changed_nothing:
        return _("The graph held all of this already: nothing was changed.")
    return " · ".join(
        [
            plural("{n} node or tie created", "{n} nodes and ties created", report.created),
            plural("{n} node or tie changed", "{n} nodes and ties changed", report.updated),
            plural("{n} row unchanged", "{n} rows unchanged", report.unchanged),
            *([plural("{n} row refused", "{n} rows refused", report.rejected)] if report.rejected else []),
        ]
    )


def _sentence(problem: Problem) -> str:
    known = {
        "value": problem.value,
        "column": problem.column,
        "file": problem.file,
        "row": problem.row,
        **problem.fields,
    }
    return translate(problem.template).format(**known)


def _packed(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
