"""Puts the demo together: the hand-written tables first, then what the generator adds."""

from __future__ import annotations

from generator.account import Account
from generator.clients import add_client
from generator.contacts import add_contacts
from generator.goodwill import add_goodwill
from generator.households import add_households, add_institutions, add_interests
from generator.introductions import add_introductions
from generator.naming import Namer
from generator.partners import add_partner_links, add_partners
from generator.people import add_people
from generator.power import add_power
from generator.source import SEED, literal_tables, source
from generator.table import Tables
from generator.trade import add_products, add_trade


def build() -> Tables:
    """All tables of the demo."""
    tables, namer = Tables(), Namer()
    for region in source("firms")["regions"]:
        tables.add("regions", region)
    add_literal(tables, "source/firm.yaml")
    add_products(tables)
    add_interests(tables)
    add_institutions(tables)
    bridges = add_partners(tables, namer)
    for story in sorted((SEED / "stories").glob("*.yaml")):
        add_literal(tables, f"stories/{story.name}")
    for number, firm in enumerate(source("firms")["clients"], 1):
        account = Account(firm, tables, namer)
        add_client(account, number)
        add_people(account)
        add_power(account)
        add_partner_links(account, bridges)
        add_trade(account)
        add_contacts(account)
        add_introductions(account)
        add_households(account)
        add_goodwill(account)
    return tables


def add_literal(tables: Tables, name: str) -> None:
    """Add the rows of a file written by hand. ``common`` cells are those that all rows of a table share."""
    for stem, table in literal_tables(SEED / name).items():
        for row in table["rows"]:
            tables.add(stem, {**table.get("common", {}), **row})
