"""Links of pages: where they lead, as Flask would say it, and how they are written."""

import pytest
from flask import url_for
from markupsafe import Markup

from innograph.namespaces import ID, ONTOLOGY
from innograph.web.links import link, links, path_of_thing, path_to
from innograph.web.reader import Shown

from .site_client import SiteClient

NAMES = [
    "organization/orval", "passage/territoria-2019/L1-L3", "rank/gold.csl.json", "x y", "é/ü", "a?b=c&d#e",
    "100%25", "\"<'>", "a:b;c,d=e@f!g$h*i+j(k)", "~tilde-_.", "//double//", "\N{RIGHT-TO-LEFT OVERRIDE}",
]  # fmt: skip


@pytest.mark.parametrize("script_root", ["", "/below/it"])
@pytest.mark.parametrize("asked", ["", "?lang=en", "?lang=fr&page=2", "?lang=tlh"])
@pytest.mark.parametrize("name", NAMES)
def test_paths_are_those_of_flask(client: SiteClient, name: str, asked: str, script_root: str) -> None:
    with client.site.flask.test_request_context(f"/{asked}", base_url=f"http://localhost{script_root}/"):
        there = url_for("things.doc", path=name)
        assert path_of_thing(name) == path_to(Shown("", None, ID + name)) == there
        if "/" not in name:
            term = url_for("vocabulary.term", name=name)
            assert path_to(Shown("", None, ONTOLOGY + name)) == term


def test_a_term_leads_where_it_can_be_read(client: SiteClient) -> None:
    with client.site.flask.test_request_context("/"):
        assert path_to(Shown("x")) is None
        assert path_to(Shown("x", None, "urn:x")) is None
        assert path_to(Shown("x", None, "javascript:alert(1)")) is None
        assert path_to(Shown("x", None, "https://example.org/a b")) == "https://example.org/a b"


def test_a_term_is_written_with_its_language_and_escaped(client: SiteClient) -> None:
    with client.site.flask.test_request_context("/"):
        gold = Shown("Or & <b>argent</b>", "fr", f"{ID}rank/gold")
        written = "Or &amp; &lt;b&gt;argent&lt;/b&gt;"
        assert link(gold, "fr") == Markup(f'<a href="/doc/rank/gold">{written}</a>')
        assert link(gold, "en") == Markup(f'<a href="/doc/rank/gold" lang="fr">{written}</a>')
        assert link(Shown("Or", "fr"), "en") == Markup('<span lang="fr">Or</span>')
        assert link(Shown('"', None, 'http://x.example/"'), "fr") == Markup(
            '<a href="http://x.example/&#34;">&#34;</a>'
        )
        assert link(Shown("7 < 8"), "fr") == Markup("7 &lt; 8")
        assert link(None, "fr") == Markup("")
        assert links([Shown("a"), Shown("<")], "fr") == Markup("a, &lt;")
        assert all(isinstance(each, Markup) for each in (link(gold, "fr"), links([], "fr"), link(None, "fr")))
