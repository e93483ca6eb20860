"""What is a number or a day in a table stays one: as text 10 would stand before 2, and November before May."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
AS_TEXT = {"number", "points", "exact_money", "money", "day", "share", "percent"}
NO_COLUMNS = {
    ("coverage_matrix.py", "_cell"),  # of a chart
    ("gift_chooser.py", "_table"),  # gifts side by side: a column is a gift, not a figure
}


def test_no_column_holds_numbers_or_days_as_text():
    found = []
    for path in sorted((ROOT / "graphcrm" / "ui").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "st.dataframe(" not in text:
            continue
        for function in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)):
            values = [value for node in ast.walk(function) if isinstance(node, ast.Dict) for value in node.values]
            if any(_is_text_of_number(value) for value in values) and (path.name, function.name) not in NO_COLUMNS:
                found.append(f"{path.name}: {function.name}")
    assert found == []


def _is_text_of_number(value: ast.expr) -> bool:
    if isinstance(value, ast.IfExp):
        return _is_text_of_number(value.body) or _is_text_of_number(value.orelse)
    if isinstance(value, ast.JoinedStr):
        return all(isinstance(part, ast.FormattedValue) for part in value.values)
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in AS_TEXT
