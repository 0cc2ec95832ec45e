// The SPARQL workbench at /sparql: Yasgui with our endpoint, prefixes, terms, examples and labels. What it knows comes
// from /workbench.json; it asks nothing of any other host, and neither the address nor an old tab can make it.

import Yasgui from "@zazuko/yasgui";
import { Chart } from "./chart.js";
import { LaureatesMap } from "./map.js";
import { labelIris, pathOf } from "./labels.js";
import { rememberQuery, showHistory } from "./history.js";

const place = document.getElementById("workbench");
const { prefixes, terms, examples, words } = await (await fetch(place.dataset.source)).json();
const endpoint = new URL(place.dataset.endpoint, location.href).href;
const { Yasqe, Yasr } = Yasgui;

function completing(name, kinds) {
  const known = terms.filter((term) => kinds.includes(term.kind));
  Yasqe.forkAutocompleter(name, {
    name: `inno-${name}`,
    bulk: false,
    persistenceId: null,
    get: (_yasqe, token) => {
      const typed = token?.autocompletionString || token?.string || "";
      return known
        .filter(({ iri }) => iri.startsWith(typed) || iri.split("#")[1].startsWith(typed))
        .map(({ iri }) => iri);
    },
  });
}

completing("class", ["class"]);
completing("property", ["property"]);
Yasqe.forkAutocompleter("prefixes", {
  name: "inno-prefixes",
  persistenceId: null,
  get: () => Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`),
});
Yasqe.defaults.autocompleters = ["inno-prefixes", "inno-class", "inno-property", "variables"];
Yasr.registerPlugin("chart", Chart(words));
Yasr.registerPlugin("map", LaureatesMap(words, place.dataset.map));

const table = Yasr.plugins.table;
const linkTo = table.prototype.getUriLinkFromBinding;
table.prototype.getUriLinkFromBinding = function (binding, shortened) {
  const link = linkTo.call(this, binding, shortened);
  const path = pathOf(binding.value);
  return path ? link.replace(/href="[^"]*"/, `href="${path}"`) : link;
};
table.defaults.openIriInNewWindow = false;

document.getElementById("plain").hidden = true;
document.getElementById("answer")?.setAttribute("hidden", "");
place.hidden = false;

const asked = new URLSearchParams(location.hash.slice(1)).get("query") ?? new URLSearchParams(location.search).get("query");
history.replaceState(null, "", location.pathname + location.search.replace(/([?&])query=[^&]*&?/, "$1").replace(/[?&]$/, ""));

const yasgui = new Yasgui(place.querySelector(".workbench"), {
  requestConfig: { endpoint, method: "POST", headers: {} },
  copyEndpointOnNewTab: false,
  populateFromUrl: false,
  persistenceId: "innograph",
  tabName: words.query,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  yasqe: {
    value: place.dataset.first,
    persistenceId: null,
    createShareableLink: (yasqe) => `${location.origin}${location.pathname}#query=${encodeURIComponent(yasqe.getValue())}`,
  },
  yasr: { prefixes, pluginOrder: ["table", "chart", "map", "response"], defaultPlugin: "table" },
});

function settle(tab) {
  if (tab.innograph) return;
  tab.innograph = true;
  tab.setEndpoint(endpoint);
  tab.on("query", () => rememberQuery(tab.getQuery()));
  tab.on("queryBefore", () => tab.setEndpoint(endpoint));
  const yasr = tab.getYasr();
  yasr.on("drawn", () => labelIris(yasr, endpoint));
}

function open(query, name, run) {
  const tab = yasgui.addTab(true, { name, yasqe: { value: query } });
  settle(tab);
  if (run) tab.query().catch(() => {}); // the answer says what is wrong
}

Object.values(yasgui._tabs).forEach((tab) => tab.getYasr && settleWhenShown(tab));
function settleWhenShown(tab) {
  if (tab.getYasr()) settle(tab);
}
yasgui.on("tabSelect", () => setTimeout(() => settleWhenShown(yasgui.getTab())));
yasgui.on("tabChange", (_, tab) => settleWhenShown(tab));
settleWhenShown(yasgui.getTab());

const choice = document.getElementById("example");
for (const { subject, questions } of examples) {
  const group = document.createElement("optgroup");
  group.label = subject;
  group.append(...questions.map(({ question, query }) => new Option(question, query)));
  choice.append(group);
}
choice.addEventListener("change", () => {
  if (choice.value) open(choice.value, choice.selectedOptions[0].text.slice(0, 40), true);
  choice.selectedIndex = 0;
});
showHistory(document.getElementById("history"), (query) => open(query, words.query, false));
if (asked) open(asked, words.query, true);
