"""What is said beside a candidate, in both languages: what became of it, what it was called, the reasons."""

from collections.abc import Sequence

from innograph.journeys.reconcile.entities import Entity, write_day
from innograph.journeys.reconcile.types import Label, types
from innograph.linking.weighing import Candidate

REASONS = {
    "identifier": Label("identifiant", "identifier"),
    "label": Label("même nom", "same name"),
    "plain": Label("même nom", "same name"),
    "bare": Label("même nom", "same name"),
    "joined": Label("même nom, autrement coupé", "same name, cut otherwise"),
    "core": Label("mêmes mots", "same words"),
    "short": Label("même nom abrégé", "same short name"),
    "near": Label("nom ressemblant", "a name alike"),
    "against": Label("contredit par la ligne", "contradicted by the row"),
    "siren": Label("même SIREN", "same SIREN"),
    "code": Label("même code", "same code"),
    "former-code": Label("ancien code", "former code"),
    "kind-agrees": Label("même nature", "same kind"),
    "kind-differs": Label("autre nature", "another kind"),
    "grouping-differs": Label("autre sorte de groupement", "another kind of grouping"),
    "kind-untold": Label("groupement, sans que sa nature soit dite", "a grouping, though no kind is told"),
    "initials": Label("sigle que plusieurs portent", "initials that several share"),
    "department-agrees": Label("même département", "same département"),
    "department-differs": Label("autre département", "another département"),
    "postcode-agrees": Label("même code postal", "same postal code"),
    "former-name": Label("ancien nom", "former name"),
    "gone": Label("n’existe plus", "exists no more"),
    "not-yet": Label("n’existait pas encore", "did not exist yet"),
    "place-alone": Label("lieu sans personne morale", "place without a body"),
}
"""How a candidate was found, and the reasons of the gazetteer, in words."""


def formerly(candidate: Candidate) -> Label | None:
    """Tell until when an entry had the name or code by which it was found; None if it has it today."""
    day = candidate.until
    if not day or "former-name" not in candidate.reasons:
        return None
    if candidate.found == "code":
        return Label(f"avait ce code jusqu’au {write_day(day)}", f"had this code until {day}")
    return Label(f"portait ce nom jusqu’au {write_day(day)}", f"bore this name until {day}")


def became(former: Entity, heirs: Sequence[Entity]) -> Label:
    """Tell to what a body or place belongs that is no more, is a part of a commune, or is a place alone."""
    entry = former.entry
    names = " + ".join(f"{each.name} ({each.entry.code})" if each.entry else each.name for each in heirs)
    code = f" ({entry.code})" if entry else ""
    what = Label(f"« {former.name} »{code}", f"“{former.name}”{code}")
    if entry and entry.valid_until:
        day = entry.valid_until
        return Label(
            f"{what.fr} n’existe plus depuis le {write_day(day)} : aujourd’hui {names}",
            f"{what.en} exists no more since {day}: today {names}",
        )
    kind = types()[former.kind].label
    return Label(f"{what.fr}, {kind.fr} : voir {names}", f"{what.en}, {kind.en}: see {names}")
