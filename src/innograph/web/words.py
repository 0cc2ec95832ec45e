"""The words of the interface, French first, English beside; and which of the two a reader wants."""

from typing import Literal

from flask import request

Language = Literal["fr", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "tagline": (
        "Les prix d'innovation publique, en données liées",
        "French public-innovation awards, as linked data",
    ),
    "skip": ("Aller au contenu", "Skip to content"),
    "home": ("Accueil", "Home"),
    "questions": ("Questions", "Questions"),
    "ontology": ("Vocabulaire", "Vocabulary"),
    "shapes": ("Règles", "Rules"),
    "dumps": ("Téléchargements", "Downloads"),
    "dataset": ("Le jeu de données", "The dataset"),
    "licence": ("Licence", "Licence"),
    "things by kind": ("Choses par nature", "Things by kind"),
    "named graphs": ("Graphes nommés", "Named graphs"),
    "graph": ("Graphe", "Graph"),
    "triples": ("Triplets", "Triples"),
    "merge": ("Tous réunis (graphe par défaut)", "All merged (default graph)"),
    "number": ("Nombre", "Number"),
    "navigation": ("Navigation principale", "Main navigation"),
    "other language": ("English", "Français"),
    "search": ("Chercher", "Search"),
    "search by name": ("Chercher par le nom", "Search by name"),
    "nothing found": ("Rien ne porte ces mots dans son nom.", "Nothing bears these words in its name."),
    "found": ("Résultats", "Results"),
    "colon": ("\N{NO-BREAK SPACE}:", ":"),
    "palmares": ("Le palmarès de cette édition", "The laureates of this edition"),
    "version": ("Version des données", "Version of the data"),
    "permalink": ("Adresse permanente", "Permanent address"),
    "not registered": (
        "Les adresses w3id.org ne sont pas encore enregistrées : elles n'aboutissent pas encore.",
        "The w3id.org addresses are not registered yet: they do not lead anywhere yet.",
    ),
    "editions": ("Éditions", "Editions"),
    "edition": ("Édition", "Edition"),
    "year": ("Année", "Year"),
    "ordinal": ("Numéro", "Number"),
    "categories": ("Catégories", "Categories"),
    "distinctions": ("Distinctions", "Distinctions"),
    "laureates": ("Lauréats", "Laureates"),
    "document": ("Document", "Document"),
    "total": ("Total", "Total"),
    "figures": ("Chiffres du graphe", "The graph in figures"),
    "ask": ("Poser une question", "Ask a question"),
    "your query": ("Votre requête SPARQL", "Your SPARQL query"),
    "run": ("Exécuter", "Run"),
    "examples": ("Questions toutes prêtes", "Ready-made questions"),
    "results": ("Résultats", "Results"),
    "rows": ("lignes", "rows"),
    "no rows": ("Aucun résultat.", "No results."),
    "as file": ("Ces résultats en :", "These results as:"),
    "as data": ("Cette description en :", "This description as:"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "facts": ("Faits", "Facts"),
    "fact": ("Fait", "Fact"),
    "value": ("Valeur", "Value"),
    "evidence": ("Lignes qui le disent", "Lines that say it"),
    "sources": ("Sources", "Sources"),
    "taking part": ("Qui prend part, et où c'est écrit", "Who takes part, and where it is written"),
    "held roles": ("Rôles, et où c'est écrit", "Roles, and where it is written"),
    "role": ("Rôle", "Role"),
    "who": ("Qui", "Who"),
    "in": ("Dans", "In"),
    "mention": ("Mots du document", "Words of the document"),
    "reading": ("lu", "read as"),
    "basis": ("Origine", "Basis"),
    "link basis": ("Rattachement", "Link"),
    "by": ("par", "by"),
    "backlinks": ("Ce qui renvoie ici", "What refers to this"),
    "term": ("Terme", "Term"),
    "kind": ("Nature", "Kind"),
    "definition": ("Définition", "Definition"),
    "rule": ("Règle", "Rule"),
    "applies to": ("S'applique à", "Applies to"),
    "message": ("Message", "Message"),
    "file": ("Fichier", "File"),
    "files": ("Fichiers", "Files"),
    "size": ("Taille (octets)", "Size (bytes)"),
    "parameters": ("Paramètres", "Parameters"),
    "the query": ("La requête", "The query"),
    "edit": ("Modifier cette requête", "Edit this query"),
    "not found": ("Introuvable", "Not found"),
    "error 400": ("La demande n'est pas comprise.", "The request is not understood."),
    "error 404": ("Rien n'a cette adresse.", "Nothing has this address."),
    "error 405": ("Cette adresse n'admet pas cette méthode.", "This address does not allow this method."),
    "error 406": ("Aucun des formats demandés n'existe ici.", "None of the formats asked for exists here."),
    "error 413": ("La demande est trop longue.", "The request is too long."),
    "error 415": ("La demande est d'un type inconnu.", "The request is of an unknown type."),
    "error 408": ("La demande met trop de temps à arriver.", "The request takes too long to arrive."),
    "error 414": ("L'adresse est trop longue.", "The address is too long."),
    "error 503": ("Ce site est trop occupé.", "This site is too busy."),
    "error 504": ("La requête a été arrêtée.", "The query was stopped."),
    "error 500": ("Une faute s'est produite ici.", "Something went wrong here."),
    "nearest": ("Vouliez-vous dire :", "Did you mean:"),
    "error": ("Erreur", "Error"),
    "line": ("ligne", "line"),
    "lines": ("lignes", "lines"),
    "organizations": ("Organismes", "Organizations"),
    "participations": ("Participations", "Participations"),
    "initiatives": ("Initiatives", "Initiatives"),
    "passages": ("Passages cités", "Passages cited"),
    "inferred facts": ("Faits déduits", "Inferred facts"),
    "warnings": ("Avertissements", "Warnings"),
    "owl:Class": ("classe", "class"),
    "owl:ObjectProperty": ("propriété vers une chose", "property with a thing as value"),
    "owl:DatatypeProperty": (
        "propriété vers un texte ou un nombre",
        "property with a text or number as value",
    ),
    "owl:AnnotationProperty": ("propriété d'annotation", "annotation property"),
    "owl:Ontology": ("vocabulaire", "vocabulary"),
    "skos:Concept": ("notion", "concept"),
    "skos:ConceptScheme": ("liste de notions", "list of concepts"),
    "rdf:type": ("nature", "kind"),
    "rdfs:comment": ("commentaire", "comment"),
    "rdfs:isDefinedBy": ("défini par", "defined by"),
    "skos:prefLabel": ("nom", "name"),
    "skos:definition": ("définition", "definition"),
    "skos:inScheme": ("liste", "list"),
    "skos:topConceptOf": ("en tête de la liste", "top of the list"),
    "skos:hasTopConcept": ("contient", "contains"),
    "dcterms:title": ("titre", "title"),
    "dcterms:date": ("date", "date"),
    "dcterms:publisher": ("publié par", "publisher"),
    "dcterms:rights": ("droits", "rights"),
    "dcterms:subject": ("sujet", "subject"),
    "dcterms:source": ("document", "document"),
    "foaf:page": ("page web", "web page"),
}
"""The words by key; terms of other vocabularies stand here because our ontology does not label them."""


def word(key: str, language: Language) -> str:
    """Give a word of the interface.

    :raises KeyError: the interface has no such word.

    >>> word("questions", "en"), word("home", "fr")
    ('Questions', 'Accueil')
    """
    french, english = _WORDS[key]
    return english if language == "en" else french


def has_word(key: str) -> bool:
    """Tell whether the interface has a word for ``key``."""
    return key in _WORDS


def language_of_request() -> Language:
    """Give the language of the current request: ``?lang=``, else ``Accept-Language``, else French."""
    asked = request.args.get("lang") or request.accept_languages.best_match(["fr", "en"])
    return "en" if asked == "en" else "fr"
