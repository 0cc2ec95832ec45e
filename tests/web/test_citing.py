"""Citations: whole sentences, BibTeX that TeX prints as it is, CSL-JSON."""

import json
from datetime import date

from innograph.namespaces import ID
from innograph.web.citing import Citation, Source

ADDRESS = f"{ID}distinction/puits-1"
SOURCES = [
    Source("Dossier", "2031", "Cap", ""),
    Source("Palmarès", "2031-05-02", "", "https://prix.example/p_1"),
]


def citation(title: str, kind: str = "distinction", sources: list[Source] = SOURCES) -> Citation:
    return Citation(ADDRESS, title, kind, "e39d16423cf83b24", date(2031, 4, 1), "fr", sources)


def test_the_sentence_names_thing_version_day_address_and_documents() -> None:
    assert citation("Puits partagés").text.replace("\N{NO-BREAK SPACE}", " ") == (
        "« Puits partagés », distinction, innograph, version e39d16423cf83b24 du 1er avril 2031, "
        f"{ADDRESS}. D’après : Dossier, Cap, 2031 ; Palmarès, 2031-05-02, https://prix.example/p_1."
    )
    bare = citation("Or", "", []).text
    assert bare.endswith(f", innograph, version e39d16423cf83b24 du 1er avril 2031, {ADDRESS}.")


def test_bibtex_escapes_what_tex_would_read() -> None:
    assert citation(r"100 % {de} A_B \ #1 & $ ~^", "", SOURCES[:1]).bibtex.replace(
        "\N{NO-BREAK SPACE}", " "
    ) == (
        "@misc{innograph-distinction-puits-1,\n"
        r'  title = "{100 \% \{de\} A\_B \textbackslash{} \#1 \& \$ \textasciitilde{}\textasciicircum{}}",'
        "\n"
        '  author = "{innograph}",\n'
        "  year = {2031},\n"
        "  month = apr,\n"
        f"  howpublished = {{\\url{{{ADDRESS}}}}},\n"
        "  note = {Version e39d16423cf83b24 du 1er avril 2031. D’après : Dossier, Cap, 2031}\n"
        "}"
    )


def test_csl_holds_the_same_for_programs() -> None:
    assert json.loads(citation("Puits", "distinction", []).csl) == [
        {
            "id": ADDRESS,
            "type": "dataset",
            "title": "Puits",
            "genre": "distinction",
            "container-title": "innograph",
            "author": [{"literal": "innograph"}],
            "issued": {"date-parts": [[2031, 4, 1]]},
            "version": "e39d16423cf83b24",
            "URL": ADDRESS,
            "language": "fr",
        }
    ]
