"""What people come for, step by step, with and without script."""

import re

import pytest
from playwright.sync_api import expect
from pyoxigraph import DefaultGraph

from browser.conftest import SCREENSHOTS, Open
from innograph.namespaces import inno, term
from innograph.store.snapshots import Home


def test_a_body_is_reached_through_suggestions_by_keyboard(visit: Open) -> None:
    view = visit()
    view.go("/")
    box = view.page.get_by_role("combobox", name="Chercher dans le site")
    box.press_sequentially("elancou")
    option = view.page.get_by_role("option", name="Élancourt").first
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(view.page).to_have_url(re.compile(r"/doc/organization/elancourt\?lang=fr$"))
    expect(view.page.locator("h1")).to_have_text("Élancourt")
    view.no_faults()


def test_suggestions_close_with_escape_and_the_form_still_searches(visit: Open) -> None:
    view = visit(390)
    view.go("/queries")
    box = view.page.get_by_role("combobox", name="Chercher dans le site")
    box.press_sequentially("talence")
    expect(view.page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(view.page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(view.page).to_have_url(re.compile(r"/search\?q=talence"))
    view.no_faults()


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_asked_with_another_edition(visit: Open, script: bool) -> None:
    view = visit(script=script)
    view.go("/queries/palmares-of-an-edition")
    view.page.get_by_label("Édition", exact=True).select_option(label="Prix Territoriaux 2020")
    view.page.get_by_role("button", name="Exécuter").click()
    expect(view.page.locator("main tbody tr")).to_have_count(6)
    assert "edition=id%3Aedition%2Fprix-territoriaux-2020" in view.page.url
    view.no_faults()


@pytest.mark.parametrize("script", [True, False])
def test_what_bodies_like_mine_were_honoured_for_takes_three_clicks(visit: Open, script: bool) -> None:
    """Domérat has 8,622 inhabitants, and no distinction in the editions loaded."""
    view = visit(390, script=script)
    view.go("/")
    view.page.get_by_label("Thème").select_option("ageing")  # the first
    view.page.get_by_label("Mon organisme").fill("Domérat")
    view.page.get_by_role("button", name="Trouver").click()  # the second
    expect(view.page.get_by_text("Domérat")).to_be_visible()
    near = view.page.locator(".widen a").first
    count = int(view.page.locator(".widen .count").first.inner_text())
    assert count >= 3
    near.click()  # the third
    expect(view.page.locator(".counted strong").first).to_have_text(str(count))
    expect(view.page.locator(".cards h3")).to_have_count(count)
    view.no_faults()


@pytest.mark.parametrize("script", [True, False])
def test_an_error_is_reported_and_followed(visit: Open, script: bool) -> None:
    view = visit(390, "en-GB", script=script)
    view.go("/doc/organization/elancourt")
    view.page.get_by_role("contentinfo").get_by_role("link", name="Report an error").click()
    assert (
        view.page.get_by_label("Page its address on this site").input_value() == "/doc/organization/elancourt"
    )
    view.page.get_by_label("What is wrong").fill("This is a test.")
    view.page.get_by_role("button", name="Send").click()
    reference = view.page.locator(".note strong").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", reference)
    view.go("/report")
    view.page.get_by_label("Reference").fill(reference)
    view.page.get_by_role("button", name="See its status").click()
    expect(view.page.get_by_text("to be read")).to_be_visible()
    view.no_faults()


def test_a_query_is_asked_without_script(visit: Open) -> None:
    view = visit(script=False)
    view.go("/sparql")
    view.page.get_by_role("button", name="Exécuter").click()
    expect(view.page.locator("#answer tbody tr")).to_have_count(5)


def test_the_other_language_is_one_click_away_on_the_same_page(visit: Open) -> None:
    view = visit()
    view.go("/queries/palmares-of-an-edition?edition=id:edition/territoria-2019")
    view.page.get_by_role("link", name="English").click()
    expect(view.page.locator("html")).to_have_attribute("lang", "en")
    assert "territoria-2019" in view.page.url


def test_the_workbench_answers_and_names_what_it_shows(visit: Open) -> None:
    view = visit()
    view.go("/sparql")
    view.page.locator(".yasqe_queryButton").click()
    expect(view.page.locator(".yasr table.dataTable tbody tr")).to_have_count(5)
    expect(view.page.locator(".yasr .label", has_text="Prix TERRITORIA 2019")).to_be_visible()
    link = view.page.locator(".yasr a.iri", has_text="territoria-2019").first
    assert link.get_attribute("href") == "/doc/edition/territoria-2019"
    view.no_faults()


def test_the_workbench_opens_an_example_draws_it_and_remembers_it(visit: Open) -> None:
    view = visit()
    view.go("/sparql")
    view.page.locator("#example").select_option(
        label="Combien de distinctions de chaque rang pour chaque type de lauréat\N{NO-BREAK SPACE}?"
    )
    expect(view.page.locator(".yasr table.dataTable tbody tr").first).to_be_visible()
    view.page.locator(".tabPanel.active .select_chart").click()
    expect(view.page.locator(".chart-plugin rect").first).to_be_visible()
    view.page.locator("#history summary").click()
    expect(view.page.locator("#history li").first).to_contain_text("SELECT")
    view.no_faults()


def test_the_workbench_puts_laureates_on_a_map(visit: Open) -> None:
    view = visit()
    view.go("/sparql")
    view.page.locator("#example").select_option(
        label="Quel est le palmarès complet d'une édition\N{NO-BREAK SPACE}?"
    )
    expect(view.page.locator(".yasr table.dataTable tbody tr").first).to_be_visible()
    view.page.locator(".tabPanel.active .select_map").click()
    expect(view.page.locator(".map-plugin a.dot[href*='organization/talence']")).to_have_count(1)
    view.page.screenshot(path=SCREENSHOTS / "workbench-map.png")
    view.no_faults()


def test_the_workbench_completes_our_terms(visit: Open) -> None:
    view = visit()
    view.go("/sparql#query=" + "SELECT * WHERE { ?x inno:laur }".replace(" ", "%20"))
    view.page.locator(".tabPanel.active .CodeMirror").click()
    view.page.evaluate(
        """() => {
          const editor = document.querySelector(".tabPanel.active .CodeMirror").CodeMirror;
          editor.setValue("PREFIX inno: <https://w3id.org/innograph/ontology#>\\nSELECT * { ?x inno:laur");
          editor.setCursor(1, 24);
          editor.focus();
        }"""
    )
    view.page.keyboard.press("Control+Space")
    expect(view.page.locator(".CodeMirror-hints li", has_text="inno:laureate").first).to_be_visible()


def test_a_shared_link_cannot_make_the_workbench_ask_another_host(visit: Open) -> None:
    view = visit()
    view.go("/sparql#query=SELECT%20*%20%7B%7D&endpoint=https%3A%2F%2Fexample.org%2Fsparql")
    expect(view.page.locator(".tabPanel.active .yasr_header")).to_be_visible()
    view.page.wait_for_timeout(500)
    assert not any("example.org" in fault for fault in view.faults)


def test_a_wrong_query_is_told_with_its_place(visit: Open) -> None:
    view = visit()
    view.go("/sparql#query=SELECT%20%3Fx%20%7B%20FOO%20%7D")
    expect(view.page.locator(".tabPanel.active .yasr_results")).to_contain_text("line 1")


def test_who_never_saw_sparql_asks_by_choosing(visit: Open, whole_home: Home) -> None:
    """Bodies that received gold: chosen step by step, then seen as SPARQL, then answered."""
    view = visit()
    view.go("/build")
    builder = view.page.locator("spar-natural")
    builder.locator(".StartClassGroup").get_by_text("organisme", exact=True).click()
    builder.locator(".EndClassGroup").get_by_text("distinction", exact=True).first.click()
    builder.locator(".ActionWhere a").first.click()
    builder.locator(".EndClassGroup .item-label:visible", has_text="Rangs").click()
    builder.locator(".select2-selection").click()
    view.page.locator(".select2-results__option", has_text=re.compile("^or$")).click()
    query = view.page.locator("#built")
    expect(query).to_have_value(re.compile(r"\^inno:laureate"))
    expect(query).to_have_value(re.compile(r"/id/rank/gold"))
    store = whole_home.current().open()
    gold = {quad.subject for quad in store.quads_for_pattern(None, inno.rank, term("id:rank/gold"))}
    laureates = store.quads_for_pattern(None, inno.laureate, None, DefaultGraph())
    with_gold = {quad.object for quad in laureates if quad.subject in gold}
    view.page.get_by_role("button", name="Exécuter").click()
    expect(view.page.locator(".yasr table.dataTable tbody tr")).to_have_count(len(with_gold))
    assert [fault for fault in view.faults if "requested property null" not in fault] == []
