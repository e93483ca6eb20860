"""The words by which names of one firm differ: forms of ownership and words that say little. Data only."""

from __future__ import annotations

FORM_GROUPS: tuple[str, ...] = (
    "ооо ooo llc lllc gmbh ltd limited sarl srl sro doo oy ab aps bv kft spzoo uab oü sia тов тоо лтд ltda pty",
    "ао зао оао пао jsc ojsc cjsc pjsc pao oao zao ao ag sa spa nv oyj plc inc corp corporation incorporated asa as",
    "ип ip чп фоп",
    "гуп фгуп муп гку фгбу фгбоу гбу",
    "kg ohg gmbhcokg kgaa cokg lp llp",
    "нко ано фонд stiftung foundation ev",
    "кооператив coop cooperative genossenschaft eg",
)
"""One form of ownership on each line, in the scripts and countries where it is written; nothing finer is told apart."""

PHRASES: tuple[tuple[str, str], ...] = (
    ("общество с ограниченной ответственностью", "ооо"),
    ("публичное акционерное общество", "пао"),
    ("открытое акционерное общество", "оао"),
    ("закрытое акционерное общество", "зао"),
    ("акционерное общество", "ао"),
    ("индивидуальный предприниматель", "ип"),
    ("товарищество с ограниченной ответственностью", "тоо"),
    ("limited liability company", "llc"),
    ("public joint stock company", "pjsc"),
    ("joint stock company", "jsc"),
    ("public limited company", "plc"),
    ("gesellschaft mit beschränkter haftung", "gmbh"),
    ("aktiengesellschaft", "ag"),
    ("gmbh & co. kg", "kg"),
    ("gmbh & co kg", "kg"),
    ("sp. z o.o.", "spzoo"),
    ("osaühing", "oü"),
    ("торговый дом", "тд"),
    ("управляющая компания", "ук"),
    ("группа компаний", "гк"),
    ("научно производственное объединение", "нпо"),
    ("научно производственное предприятие", "нпп"),
    ("производственно коммерческая фирма", "пкф"),
)
"""Forms, and the usual first words of a name, written out, the longer before those that they hold."""

EMPTY = frozenset(
    ["the", "и", "and", "und", "et", "co", "company", "компания", "фирма", "firma", "firm", "предприятие"]
)
"""Words of a firm's name that do not tell it from another."""

SHARED_SITES = frozenset(
    ["vk.com", "facebook.com", "linkedin.com", "instagram.com", "t.me", "wa.me", "youtube.com", "ok.ru", "google.com"]
)
"""Hosts where many firms have a page."""
