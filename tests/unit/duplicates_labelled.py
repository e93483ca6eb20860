"""Pairs of records labelled by hand, invented: are they one person's, one firm's? Written before the scores were seen.

``+`` one, ``-`` two. A person: name; e-mail; phone; birth date; employer; sex. A firm: name; INN; site; country; city.
"""

from __future__ import annotations

from graphcrm.domain.duplicates import PersonRecord
from graphcrm.domain.duplicates_firms import FirmRecord

PEOPLE = """
+ Ирина Петровна Сидорова;;;;verf | I. P. Sidorova;;;;verf
+ Сидорова И.П.;;;;verf | Ирина Сидорова;;;;verf
+ Григорий Хрущёв;;;;verf | Grigory Khrushchev;;;;verf
+ Юлия Зайцева;;;; | Yuliya Zaytseva;;;;
+ Юлия Зайцева;;;;verf | Julija Zajceva;;;;verf
+ Пётр Щукин;;+74951234567;; | Petr Shchukin;;+74951234567;;
+ Александр Жуков;;;;verf | Саша Жуков;;;;verf
+ Robert Hale;r.hale@hale.example;;; | Bob Hale;r.hale@hale.example;;;
+ William Marsh;;;;steel | Bill Marsh;;;;steel
+ Elizabeth Crane;;;1970-02-03; | Liz Crane;;;1970-02-03;
+ Сергей Смирнов;;;1968-05-09; | Serge Smirnoff;;;1968-05-09;
+ Белякова Анна Игоревна;;;; | Анна Игоревна Белякова;;;;
+ Анна Белякова;;;;verf | АННА БЕЛЯКОВА;;;;verf
+ Dr. Hans von Reinholt;;;;steel | Hans Reinholt;;;;steel
+ Jörg Müller;;;;steel | Joerg Mueller;;;;steel
+ Søren Kjær;;;;steel | Soren Kjaer;;;;steel
+ Мария Иванова-Горская;;;;verf | Мария Горская;;;;verf
+ Артём Ёлкин;;;; | Артем Елкин;;;;
+ Vitaly Gromov;;;;verf | Виталий Громвв;;;;verf
+ Наталия Ким;;;;verf | Наталья Ким;;;;verf
+ Мария Ивановна Петрова;m.p@x.example;;1980-03-04; | Мария Ивановна Орлова;m.p@x.example;;1980-03-04;
+ Anna Berg;anna@berg.example;;;steel | Anna Holm;anna@berg.example;;1981-01-02;steel
+ Анна Игоревна;;;;verf | Белякова Анна Игоревна;;;;verf
+ А. Громов;a.gromov@x.example;;; | Алексей Громов;a.gromov@x.example;;;
+ Дмитрий Воробьёв;;;; | Dmitri Vorobyov;;;;
+ Екатерина Орлова;;+79160000001;; | Катя Орлова;;+79160000001;;
+ Михаил Дорохов;;;;steel | Mikhail Dorohov;;;;verf
+ Иван Петров;ip@x.example;;;verf | Ivan Petrov;ip@x.example;;;steel
+ Николай Ильич Рогов;;;--05-09; | Н. И. Рогов;;;1961-05-09;
+ Karl-Heinz Brandt;;;;steel | Karl Heinz Brandt;;;;steel
+ Jean-Pierre Laval;;;;steel | J.-P. Laval;;;;steel
+ Оксана Шевчук;;;;verf | Oksana Shevchuk;;;;verf
+ Thomas Weber;t.weber@s.example;;; | Weber, Thomas;t.weber@s.example;;;
+ Ольга Фёдорова;;+79160000002;; | Olga Fedorova;;+79160000002;;
+ Ли Вэй;lw@x.example;;;verf | Li Wei;lw@x.example;;;verf
+ Anthony Marlow;;;;steel | Tony Marlow;;;;steel
- Иван Петрович Сомов;;;;verf | Иван Иванович Сомов;;;;verf
- Иван Петрович Сомов;;;;verf | Пётр Иванович Сомов;;;;verf
- John Harrow Jr;;;;steel | John Harrow Sr;;;;steel
- Мария Сидорова;;;;verf | Марина Сидорова;;;;verf
- Александр Белов;;;;verf | Александра Белова;;;;verf
- И. Сидоров;;;;verf | И. Сидорова;;;;verf
- Robert Hale;;;;steel | Roger Hale;;;;steel
- Anna Berg;;;;steel | Inna Berg;;;;steel
- Anna Berg;;;; | Anna Bern;;;;
- Олег Жуков;fam@x.example;;; | Ольга Жукова;fam@x.example;;;
- Hans Meier;haus@x.example;+491;; | Greta Meier;haus@x.example;+491;;
- Irina Sidorova;;;;verf | Irina Sidorenko;;;;verf
- I. P. Sidorova;;;;verf | I. V. Sidorova;;;;verf
- А. Громов;;;;verf | Б. Громов;;;;verf
- Karl Weber;;;;steel | Karla Weber;;;;steel
- Саша Белов;;;;verf | Сергей Белов;;;;verf
- Bob Crane;;;;steel | William Crane;;;;steel
- Павел Дорохов;;;1990-01-01; | Пётр Дорохов;;;1990-01-01;
- Виктор Орлов;;;;verf | Виктория Орлова;;;;verf
- Анна Белова;;;;verf | Анна Белова;;;;steel
- Иван Смирнов;;;;verf | Иван Смирнов;;;;steel
- Иван Смирнов;;;1960-01-01; | Иван Смирнов;;;1985-07-07;
- John Smith;;;;steel | John Smith;;;;verf
- Сергей Кузнецов;;+74957770000;;verf | Мария Волкова;;+74957770000;;verf
- Сергей Кузнецов;info@verf.example;;;verf | Мария Волкова;info@verf.example;;;verf
- Терзин Радован;;;;verf | Терзин Раде;;;;verf
- Ли Вэй;;;;verf | Ли Мэй;;;;verf
- Елена Павлова;;;1988-08-08; | Игорь Чернов;;;1988-08-08;
- Сидоров;;;;verf | Сидоров Иван;;;;verf
- И. Иванов;;;; | Игорь Иванов;;;;
- Пётр Орлов;;;;verf | Пётр Соколов;;;;verf
- Максим Гусев;;;;verf | Максим Гусев;;;--03-01;steel
- Анна Ильина;;+79161112233;; | Инна Ильина;;+79161112233;;
- Мария Орлова;;;1970-01-01;verf | Мария Петрова;;;1991-02-02;verf
- Michael Stern;;;;steel | Michelle Stern;;;;steel
- Andrea Rossi;;;;steel;male | Andrea Rossi;;;;steel;female
- Валерий Ким;;;;verf | Валерия Ким;;;;verf
- Jan Novak;;;;steel | Jana Novakova;;;;steel
"""
FIRMS = """
+ ООО «Северная верфь»;;;; | Северная верфь, ООО;;;;
+ ООО «Северная верфь»;;;; | Severnaya Verf LLC;;;;
+ АО «Балтмаш»;;;; | Акционерное общество "Балтмаш";;;;
+ ПАО Метком;7707083893;;; | Публичное акционерное общество «Меткомбинат»;7707083893;;;
+ Rheinwerk GmbH;;;DE; | RHEINWERK Gesellschaft mit beschränkter Haftung;;;DE;
+ Nordstahl AG;;nordstahl.example;DE; | Nordstahl;;www.nordstahl.example;DE;
+ Officine Rossi S.p.A.;;;IT; | Officine Rossi SpA;;;IT;
+ Marlow Ltd;;;GB; | Marlow Limited;;;GB;
+ Keller & Sohn GmbH & Co. KG;;;DE; | Keller und Sohn;;;DE;
+ ИП Сергеев;;;;Тверь | Сергеев, ИП;;;;Тверь
+ Завод «Электрон»;;electron.example;; | Электрон;;https://electron.example/o-nas;;
+ ООО «Ромашка»;5001007322;;RU;Тула | Ромашка;5001007322;;RU;Москва
+ Норд Верфт;;;; | Нордверфт;;;;
+ ООО «Гидромашина»;;;; | ООО «Гидромашна»;;;;
+ Société Lumière SARL;;;FR; | Societe Lumiere;;;FR;
+ АО «Ёлочка»;;;; | АО «Елочка»;;;;
+ Zeta Sp. z o.o.;;;PL; | ZETA;;;PL;
+ Hallbach Pumpen;;hallbach.example;DE;Hallbach | Hallbach Pumpen Technik;;hallbach.example;DE;Hallbach
+ ТОО «Казмет»;;;KZ; | Kazmet LLP;;;KZ;
+ ОАО «Волга-Дизель»;;;; | Volga Diesel JSC;;;;
+ Группа Восток;;;; | Восток, группа;;;;
+ Ölwerk AG;;;; | Oelwerk AG;;;;
- ООО «Северная верфь»;;;; | ООО «Южная верфь»;;;;
- ООО «Север»;;;; | ООО «Север Лизинг»;;;;
- ООО «Ромашка»;;;RU;Тула | ООО «Ромашка»;;;RU;Москва
- ООО «Ромашка»;5001007322;;; | ООО «Ромашка»;7707083893;;;
- Завод № 5;;;; | Завод № 7;;;;
- Nordstahl AG;;;DE; | Nordstahl AB;;;SE;
- Marlow Ltd;;;GB; | Barlow Ltd;;;GB;
- АО «Вымпел»;;;RU; | ООО «Вымпел»;;;RU;
- Rheinwerk GmbH;;vk.com;; | Metallwerk GmbH;;vk.com;;
- Банк Восток;;;; | Банк Запад;;;;
- Rossi Group;;rossi.example;; | Officine Bianchi;;rossi.example;;
- Keller Logistik GmbH;;;DE; | Keller Pumpen GmbH;;;DE;
- Альфа;;;; | Альфа-Трейд;;;;
- Стройтрест 12;;;; | Стройтрест 21;;;;
- Delta Ltd;;;GB; | Delta Inc;;;US;
- ПАО Метком;7707083893;;; | Меткомстрой;5001007322;;;
- Балтмаш;;;;Псков | Балтика;;;;Псков
- ООО «Импульс»;;;;Омск | ООО «Импульс»;;;;Томск
- Zeta;;;PL; | Theta;;;PL;
- Hallbach;;;; | Hallbach Stiftung;;;;
"""


def people() -> list[tuple[bool, PersonRecord, PersonRecord]]:
    """(are they one, a record, another)."""
    return [(one, _person("a", left), _person("b", right)) for one, left, right in _lines(PEOPLE)]


def firms() -> list[tuple[bool, FirmRecord, FirmRecord]]:
    """(are they one, a record, another)."""
    return [(one, _firm("a", left), _firm("b", right)) for one, left, right in _lines(FIRMS)]


def _lines(table: str) -> list[tuple[bool, str, str]]:
    pairs = [(line[0] == "+", *line[1:].split("|")) for line in table.strip().splitlines()]
    return [(one, left.strip(), right.strip()) for one, left, right in pairs]


def _cells(text: str) -> list[str | None]:
    return [cell.strip() or None for cell in f"{text};;;;;;".split(";")]


def _person(own_id: str, text: str) -> PersonRecord:
    name, email, phone, born, firm, sex, *_ = _cells(text)
    employers = {firm: firm} if firm else {}
    return PersonRecord(own_id, (name or "",), email=email, phone=phone, birth_date=born, employers=employers, sex=sex)


def _firm(own_id: str, text: str) -> FirmRecord:
    name, inn, site, country, city, *_ = _cells(text)
    return FirmRecord(own_id, (name or "",), {"inn": inn} if inn else {}, site, country, city)
