"""Families (C2.3), useful dates (C2.4), interests, schools and clubs. Only what a good account manager would note."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from generator.account import Account, Figure
from generator.naming import patronymic, slug
from generator.people import unit_group, written_name
from generator.source import TODAY, source
from generator.table import Tables

FULL_AGE = 18
_FAMILY = {"sensitivity": "family", "use": "context_only"}


def add_interests(tables: Tables) -> None:
    """The list of hobbies."""
    for stem, english, russian, kind in source("catalogue")["interests"]:
        tables.add("interests", {"id": f"interest-{stem}", "name": english, "name_ru": russian, "kind": kind})


def add_institutions(tables: Tables) -> None:
    """Schools, clubs, associations."""
    for stem, name, kind, country, city, _ in source("catalogue")["institutions"]:
        row = {"id": f"institution-{stem}", "name": name, "kind": kind, "country": country, "city": city}
        tables.add("institutions", row)


def add_households(account: Account) -> None:
    """Family, dates and interests of the people whom we know well enough."""
    _firm_dates(account)
    for figure in account.known():
        _studies(account, figure)
        _interests(account, figure)
        _dates(account, figure)
        if figure.level <= 3 and account.rng.random() < 0.4:
            _family(account, figure)


def _date(account: Account, figure_id: str, kind: str, when: str, name: str, **more: object) -> None:
    identity = f"date-{figure_id.split('-', 1)[1]}-{kind.replace('_', '-')}"
    turn = 2
    while account.tables.has(identity):
        identity, turn = f"{identity.rstrip('-0123456789')}-{turn}", turn + 1
    row = {"id": identity, "name": name, "kind": kind, "date": when, "recurs": True, "subject_id": figure_id}
    account.tables.add("useful_dates", {**row, "lead_days": account.rng.choice((3, 5, 7, 14)), **more})


def _firm_dates(account: Account) -> None:
    rng, names, firm = account.rng, account.texts["dates"], account.firm
    if account.special == "nobody":
        return
    _date(
        account,
        account.id,
        "foundation",
        f"{firm['founded']}-{rng.randint(3, 10):02d}-{rng.randint(1, 28):02d}",
        names["foundation"],
    )
    if account.special:
        return
    _date(account, account.id, "contract", f"{rng.randint(2013, 2021)}-{rng.randint(1, 12):02d}", names["contract"])
    if rng.random() < 0.5:
        _date(
            account, account.id, "project", f"2025-{rng.randint(3, 9):02d}-{rng.randint(1, 28):02d}", names["project"]
        )
    holidays = {"ru": ("01-01", "Новый год"), "kz": ("03-21", "Наурыз"), "tr": ("10-29", "Republic Day")}
    holidays |= {"pl": ("11-11", "Independence Day"), "fi": ("06-20", "Midsummer"), "it": ("06-02", "Republic Day")}
    day, name = holidays.get(account.language, ("12-25", "Christmas"))
    _date(account, account.id, "public_holiday", f"--{day}", name)


def _dates(account: Account, figure: Figure) -> None:
    rng, names = account.rng, account.texts["dates"]
    born = next(row.get("birth_date", "") for row in account.tables.rows("people") if row["id"] == figure.id)
    if len(born) in {7, 10} and rng.random() < 0.8:
        _date(account, figure.id, "birthday", born, names["birthday"])
    if account.language in {"pl", "cs", "fi", "it"} and rng.random() < 0.18:
        _date(account, figure.id, "name_day", f"--{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", names["name_day"])
    if figure.level <= 2 and rng.random() < 0.4:
        since = figure.since
        _date(account, figure.id, "work_anniversary", f"{since}-{rng.randint(1, 12):02d}", names["work"])
    if figure.level <= 2 and rng.random() < 0.25:
        year = rng.randint(max(figure.since, 2016), 2025)
        _date(account, figure.id, "appointment", f"{year}-{rng.randint(1, 12):02d}-01", names["appointment"])


def _interests(account: Account, figure: Figure) -> None:
    rng = account.rng
    if rng.random() > 0.5:
        return
    for stem, english, russian, _ in rng.sample(source("catalogue")["interests"], rng.choice((1, 1, 2))):
        row = {"person_id": figure.id, "interest_id": f"interest-{stem}", "strength": rng.choice((None, 4, 6, 8, 9))}
        account.tables.add("interested_in", {**row, "sensitivity": "personal", **account.provenance("home")})
        seasons = {
            "fishing": "--05",
            "skiing": "--12",
            "marathon": "--09-20",
            "sailing": "--06",
            "choir": "--12-15",
            "rowing": "--05-01",
        }
        if stem in seasons:
            name = russian if account.is_russian else english
            _date(account, figure.id, "hobby", seasons[stem], name, interest_id=f"interest-{stem}")


def _studies(account: Account, figure: Figure) -> None:
    rng = account.rng
    fitting = [row for row in source("catalogue")["institutions"] if account.language in row[5].split()]
    schools = [row for row in fitting if row[2] == "university"]
    if schools and rng.random() < 0.4:
        subject = rng.choice(account.texts["subjects"][unit_group(figure.unit)])
        years = {"since": str(figure.graduated - 5), "until": str(figure.graduated)}
        row = {"person_id": figure.id, "institution_id": f"institution-{rng.choice(schools)[0]}", "subject": subject}
        account.tables.add("studied_at", {**row, **years, **account.provenance()})
    clubs = [row for row in fitting if row[2] in {"club", "association"}]
    clubs += [row for row in source("catalogue")["institutions"] if row[5] == "*"]
    if rng.random() < 0.12:
        row = {"person_id": figure.id, "institution_id": f"institution-{rng.choice(clubs)[0]}"}
        account.tables.add(
            "member_of",
            {**row, "since": str(rng.randint(min(figure.graduated + 3, 2025), 2025)), **account.provenance()},
        )


def _relative(account: Account, figure: Figure, gender: str, father: str | None, born: date) -> tuple[str, str]:
    """Write a relative; returns id and given name. Of a child only the given name and the year are kept (C2.3)."""
    rng = account.rng
    given = account.namer.fresh_given(account.language, gender, figure.family, rng)
    middle = patronymic(father or account.namer.given(account.language, "male", rng), gender, account.language)
    identity = f"{figure.id}-kin-{slug(given)}"
    written = rng.choice((str(born.year), born.isoformat(), None))
    names = written_name(Figure(identity, "", given, figure.family, gender, account.language, born), middle)
    if TODAY.year - born.year <= FULL_AGE:
        names, written = {"name": given, "given_name": given}, written and str(born.year)
    row = {"gender": gender, "presence": "known", "status": "active", "birth_date": written}
    account.tables.add("people", {"id": identity, **names, **row})
    return identity, given


def _family(account: Account, figure: Figure) -> None:
    """A spouse near in age; children born when both were 23 to 40; the wedding before the first child."""
    rng, names = account.rng, account.texts["dates"]
    other = "female" if figure.gender == "male" else "male"
    spouse_born = figure.born + timedelta(days=rng.randint(-1800, 1800))
    spouse, given = _relative(account, figure, other, None, spouse_born)
    later = max(figure.born.year, spouse_born.year)
    wedding = later + rng.randint(23, 30)
    day = f"{wedding}-{rng.randint(5, 9):02d}-{rng.randint(1, 28):02d}"
    row = {"person_id": figure.id, "spouse_id": spouse, "since": rng.choice((day, str(wedding)))}
    account.tables.add("spouses", {**row, **account.provenance("home", **_FAMILY)})
    if rng.random() < 0.5:
        _date(account, figure.id, "wedding", day, names["wedding"])
    father = figure.given if figure.gender == "male" else given
    oldest = min(figure.born.year, spouse_born.year) + 43
    heir = account.figures.get("heir") if figure.seat == "head" else None
    if heir:
        _child_ties(account, figure, spouse, heir.id)
    born_year, children = wedding + 1, []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3)) if not heir else 0):
        if born_year > min(oldest, TODAY.year - 1):
            break
        born = date(born_year, 1, 1) + timedelta(days=rng.randint(0, 326))
        child, name = _relative(account, figure, rng.choice(("female", "male")), father, born)
        _child_ties(account, figure, spouse, child)
        children.append(child)
        if rng.random() < 0.35:
            _date(
                account,
                figure.id,
                "family",
                born.isoformat()[4:].replace("-", "--", 1),
                names["child"].format(name=name),
            )
        born_year += rng.randint(2, 4)
    for one, other in combinations(children, 2):
        row = {"person_id": one, "sibling_id": other}
        account.tables.add("siblings", {**row, **account.provenance("home", **_FAMILY)})


def _child_ties(account: Account, figure: Figure, spouse: str, child: str) -> None:
    for parent in (figure.id, spouse):
        account.tables.add("parents", {"parent_id": parent, "child_id": child, **account.provenance("home", **_FAMILY)})
