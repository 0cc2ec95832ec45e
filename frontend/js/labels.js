// Names beside addresses in the results of the workbench, asked for once each.

const ID = "https://w3id.org/innograph/id/";
const ONTOLOGY = "https://w3id.org/innograph/ontology#";
const MOST = 300; // addresses in one question
const known = new Map();

/** The page of one of our addresses here; w3id.org does not lead to it yet. */
export function pathOf(iri) {
  if (iri.startsWith(ID)) return `/doc/${encodeURI(iri.slice(ID.length))}`;
  if (iri.startsWith(ONTOLOGY)) return `/ontology/${encodeURIComponent(iri.slice(ONTOLOGY.length))}`;
  return null;
}

async function ask(iris, endpoint) {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  const query = `SELECT ?thing ?label WHERE { VALUES ?thing { ${values} } ?thing skos:prefLabel|rdfs:label ?label }`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" },
    body: query,
  });
  if (!response.ok) return;
  const language = document.documentElement.lang;
  for (const { thing, label } of (await response.json()).results.bindings) {
    if (!known.get(thing.value) || label["xml:lang"] === language) known.set(thing.value, label.value);
  }
}

function show(root) {
  for (const link of root.querySelectorAll("a.iri")) {
    const name = known.get(link.dataset.iri ?? iriOf(link));
    if (!name || link.parentElement.querySelector(".label")) continue;
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = name;
    link.after(label);
  }
}

function iriOf(link) {
  const path = decodeURI(link.getAttribute("href"));
  if (path.startsWith("/doc/")) return ID + path.slice(5);
  if (path.startsWith("/ontology/")) return ONTOLOGY + path.slice(10);
  return path;
}

export async function labelIris(yasr, endpoint) {
  const bindings = yasr.results?.getBindings?.() ?? [];
  const iris = bindings.flatMap((row) => Object.values(row)).filter(({ type, value }) => type === "uri" && pathOf(value) && !/[<>"{}|\\^`\s]/.test(value));
  const unknown = [...new Set(iris.map(({ value }) => value))].filter((iri) => !known.has(iri)).slice(0, MOST);
  unknown.forEach((iri) => known.set(iri, ""));
  try {
    if (unknown.length) await ask(unknown, endpoint);
  } finally {
    show(yasr.resultsEl);
  }
}
