"""The page of named queries in AppTest (D3): a person is meant by name as well as by id."""

from tests.pages.conftest import texts
from tests.small_graph import build, node, tie

QUERY = "person_profile"


def test_a_person_is_named_not_numbered(page_environment, open_page):
    build(
        page_environment,
        [node("c", "Organization Client", name="Orion"), node("p-1", "Person", name="Lev Sorokin"),
         node("p-2", "Person", name="Lev *Berg*")],
        [tie("p-1", "WORKS_AT", "c", title="Buyer"), tie("p-2", "WORKS_AT", "c")],
    )  # fmt: skip
    page_environment.read("CALL db.awaitIndexes(60)")
    at = open_page("queries")
    at.selectbox(key="query").set_value(QUERY).run()

    def ask(text):
        at.text_input(key=f"query-{QUERY}-person_id").set_value(text)
        next(button for button in at.button if button.label == "Ask").click().run()
        assert not at.exception

    ask("soro")
    assert at.dataframe[0].value.to_dict("records")[0]["name"] == "Lev Sorokin"
    ask("p-2")
    assert at.dataframe[0].value.to_dict("records")[0]["name"] == "Lev *Berg*"
    ask("lev")
    told = at.warning[0].value
    assert "Lev Sorokin" in told
    assert "Buyer, Orion" in told
    assert "`p-2`" in told
    ask("nobody")
    assert "Nobody has this name or id." in texts(at)
