"""``graphcrm next-question``: which one fact would most change the ranking of key figures (C1.8, C2.1)."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.domain.next_question import Question
from graphcrm.formats import share
from graphcrm.i18n import translate as _
from graphcrm.services._wording import sentence
from graphcrm.services.next_question import NextQuestions, next_questions

app = typer.Typer()


class Format(StrEnum):
    """How the questions are printed."""

    table = "table"
    json = "json"


@app.command("next-question")
def next_question(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    most: Annotated[int, typer.Option("--most", min=1, help="How many questions, the most telling first.")] = 5,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.table,
) -> None:
    """How sure the ranking of key figures is, and which one fact, if learnt, would change it most."""
    with open_app(load_settings()) as opened:
        found = next_questions(opened.database, opened.viewer, client, as_of=opened.today())
    people = sorted(found.stability.values(), key=lambda one: (-one.in_top, one.low, one.person_id))
    asks = [_question(found, one) for one in found.questions[:most]]
    if form is Format.json:
        sure = [
            {"person_id": one.person_id, "in_top": one.in_top, "rank_low": one.low, "rank_high": one.high}
            for one in people
        ]
        told = {"client": found.client_id, "top": found.top, "worlds": found.worlds, "people": sure, "questions": asks}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console() if sys.stdout.isatty() else Console(width=160)
    table = Table(
        _("Person"), _("Among the first {top}", top=found.top), _("Rank between"), title=Text(found.client_name)
    )
    for one in people:
        if one.in_top > 0:
            table.add_row(Text(found.structure.names[one.person_id]), share(one.in_top), f"{one.low}–{one.high}")
    console.print(table)
    if not asks:
        console.print(_("No single fact would change the first {top}.", top=found.top))
    for ask in asks:
        console.print(Text(f"{ask['question']} ({share(ask['value'])})", style="bold"))
        for answer in ask["answers"]:
            console.print(Text(f"    {answer['answer']} ({share(answer['chance'])}): {answer['effect']}"))
        if ask["could_find_out"]:
            console.print(Text(f"    {_('Could find out:')} {', '.join(ask['could_find_out'])}"))


def _question(found: NextQuestions, question: Question) -> dict[str, Any]:
    return {
        "question": sentence(*found.question_told(question)),
        "kind": question.kind,
        "person_id": question.person_id,
        "target_id": question.target_id,
        "tie_id": question.tie_id,
        "value": question.value,
        "answers": [
            {
                "answer": sentence(*found.answer_told(question, answer)),
                "chance": answer.chance,
                "effect": " ".join(sentence(*told) for told in found.effects_told(answer)),
            }
            for answer in question.answers
        ],
        "could_find_out": [helper.employee_name for helper in found.could_find_out(question)],
    }
