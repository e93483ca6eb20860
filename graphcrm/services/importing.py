"""Import of CSV files, workbooks and address cards: check them, then apply. App and command line stand on it.

plan = check_folder(db, viewer, Path("seed"))          # or [("people.csv", stream), ...]
if plan.is_clean:
    report = apply_plan(db, viewer, plan, progress=lambda done, total, phase: ...)
"""

from graphcrm.ingest.report import ImportReport, Progress
from graphcrm.services._importing import ImportPlan, apply_plan, apply_plan_together, check_folder, import_folder
from graphcrm.services._mappings import KeptMapping, forget_mapping, keep_mapping, kept_mappings

__all__ = [
    "ImportPlan",
    "ImportReport",
    "KeptMapping",
    "Progress",
    "apply_plan",
    "apply_plan_together",
    "check_folder",
    "forget_mapping",
    "import_folder",
    "keep_mapping",
    "kept_mappings",
]
