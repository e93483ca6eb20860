"""English and Russian throughout: nothing untranslated, plurals right, the language of each context its own."""

import importlib.util
import sys
import threading
from pathlib import Path

import pytest

from graphcrm import i18n
from graphcrm.errors import NotFound
from graphcrm.services._wording import sentence

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def russian():
    i18n.use_language("ru")
    yield
    i18n.use_language("en")


def test_every_text_of_the_product_is_translated_with_the_same_fields(tool):
    assert list(tool.faults()) == []


def test_numbers_in_texts_have_the_separators_of_the_language():
    told = {}
    for code in ("en", "ru"):
        i18n.use_language(code)
        told[code] = [
            i18n.plural("{n} client", "{n} clients", 39800),
            i18n.translate("{shown} of {total}", shown=50, total=1200),
            sentence("week_congratulate_many", {"occasion": "8.3.", "sent": 1200, "count": 39800}),
        ]
    i18n.use_language("en")
    assert told["en"] == ["39,800 clients", "50 of 1,200", "8.3.. Congratulated: 1,200 of 39,800."]
    assert told["ru"][:2] == ["39\xa0800 клиентов", "50 из 1\xa0200"]
    assert "1\xa0200 из 39\xa0800" in told["ru"][2]


def test_the_extraction_finds_every_way_a_text_is_said(tool):
    source = """
from graphcrm.errors import NotFound
from graphcrm.services._wording import sentence
def f(db, ok):
    _("plain"); translate("named {field}", field=1); N_("marked"); plural("{n} a", "{n} as", 3)
    _("left" if ok else "right"); _("joined " "text"); _(variable)
    raise NotFound("There is no {thing}.", mend="Choose another.", thing=1)
    template = "kept for later"
    open("not a text"); log.error("not for users")
"""
    found = {(text.singular, text.plural) for text in tool.python_texts(source, "x.py", {"NotFound"})}
    assert found == {
        ("plain", None),
        ("named {field}", None),
        ("marked", None),
        ("{n} a", "{n} as"),
        ("left", None),
        ("right", None),
        ("joined text", None),
        ("There is no {thing}.", None),
        ("Choose another.", None),
        ("kept for later", None),
    }


def test_the_whole_error_tree_is_extracted(tool):
    assert {"GraphcrmError", "DatabaseUnavailable", "PortInUse", "ImportRefused"} <= tool.error_names()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 клиентов"),
        (1, "1 клиент"),
        (2, "2 клиента"),
        (5, "5 клиентов"),
        (11, "11 клиентов"),
        (12, "12 клиентов"),
        (21, "21 клиент"),
        (22, "22 клиента"),
        (25, "25 клиентов"),
        (101, "101 клиент"),
        (111, "111 клиентов"),
        (112, "112 клиентов"),
    ],
)
def test_russian_plurals(russian, number, words):
    """The three forms by CLDR's rules for Russian."""
    assert i18n.plural("{n} client", "{n} clients", number) == words


def test_an_error_is_told_in_russian_with_its_fields(russian):
    error = NotFound("There is no query {name}.", mend="Did you mean {nearest}?", name="<b>", nearest="clients_list")
    assert i18n.describe(error) == "Нет запроса <b>. Возможно, имелось в виду clients_list?"


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("ru_RU", "ru"), ("EN-us", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_regional_code_serves_and_an_unknown_one_means_english(code, language):
    assert i18n.supported(code) == language


def test_the_language_of_one_thread_is_not_anothers(russian):
    seen = []
    thread = threading.Thread(target=lambda: seen.append(i18n.language()))
    thread.start()
    thread.join()
    assert seen == ["en"]
    assert i18n.language() == "ru"


def test_where_nobody_chose_the_surroundings_decide():
    before = i18n._surroundings
    seen = []

    def look():
        seen.append(i18n.translate("Clients"))

    try:
        i18n.follow(lambda: "ru")
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    finally:
        i18n.follow(before)
    assert seen == ["Клиенты"]
