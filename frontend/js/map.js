// A view of the workbench: the laureates among the addresses of a result, on a map that the server draws. The table is
// one press away and says the same.

const ID = "https://w3id.org/innograph/id/";
const MOST = 1000; // addresses that the server takes

function things(yasr) {
  const values = (yasr.results?.getBindings?.() ?? []).flatMap((row) => Object.values(row));
  const ours = values.filter(({ type, value }) => type === "uri" && value.startsWith(ID) && !/\s/.test(value));
  return [...new Set(ours.map(({ value }) => value))].slice(0, MOST);
}

export const LaureatesMap = (words, source) =>
  class {
    label = words.map;
    priority = 4;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return things(this.yasr).length > 0;
    }

    getIcon() {
      const icon = document.createElement("span");
      icon.textContent = "◉";
      icon.setAttribute("aria-hidden", "true");
      return icon;
    }

    async draw() {
      const response = await fetch(source, { method: "POST", headers: { "Content-Type": "text/plain" }, body: things(this.yasr).join("\n") });
      const frame = document.createElement("div");
      frame.className = "map-plugin";
      if (response.status === 200) frame.innerHTML = await response.text();
      else frame.textContent = words["no map"];
      this.yasr.resultsEl.replaceChildren(frame);
    }
  };
