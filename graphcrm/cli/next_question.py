"""``graphcrm next-question``: which one fact would most change the ranking of key figures (C1.8, C2.1)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import TableForm, TableOrJson
from graphcrm.cli.output import print_json, print_table, say, say_title
from graphcrm.config import load_settings
from graphcrm.domain.next_question import Question
from graphcrm.formats import share
from graphcrm.i18n import translate as _
from graphcrm.services._wording import sentence
from graphcrm.services.next_question import NextQuestions, next_questions

app = typer.Typer()


@app.command("next-question")
def next_question(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    most: Annotated[int, typer.Option("--most", min=1, help="How many questions, the most telling first.")] = 5,
    form: TableForm = TableOrJson.table,
) -> None:
    """How sure the ranking of key figures is, and which one fact, if learnt, would change it most."""
    with open_app(load_settings()) as opened:
        found = next_questions(opened.database, opened.viewer, client, as_of=opened.today())
    people = sorted(found.stability.values(), key=lambda one: (-one.in_top, one.low, one.person_id))
    asks = [_question(found, one) for one in found.questions[:most]]
    if form is TableOrJson.json:
        sure = [
            {"person_id": one.person_id, "in_top": one.in_top, "rank_low": one.low, "rank_high": one.high}
            for one in people
        ]
        told = {"client": found.client_id, "top": found.top, "worlds": found.worlds, "people": sure, "questions": asks}
        print_json(told)
        return
    rows = [
        (found.structure.names[one.person_id], share(one.in_top), f"{one.low}–{one.high}")
        for one in people
        if one.in_top > 0
    ]
    print_table((_("Person"), _("Among the first {top}", top=found.top), _("Rank between")), rows, found.client_name)
    if not asks:
        print(_("No single fact would change the first {top}.", top=found.top))
    for ask in asks:
        say_title(f"{ask['question']} ({share(ask['value'])})")
        for answer in ask["answers"]:
            say(f"    {answer['answer']} ({share(answer['chance'])}): {answer['effect']}")
        if ask["could_find_out"]:
            say(f"    {_('Could find out:')} {', '.join(ask['could_find_out'])}")


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
