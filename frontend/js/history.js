// The queries that were asked in the workbench, the last ones first, in this browser alone.

const KEY = "innograph-history";
const MOST = 50;
let redraw = () => {};

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
  } catch {
    return []; // no storage here, or something else wrote there
  }
}

export function rememberQuery(query) {
  try {
    localStorage.setItem(KEY, JSON.stringify([query, ...read().filter((other) => other !== query)].slice(0, MOST)));
  } catch {
    return; // full, or not allowed
  }
  redraw();
}

export function showHistory(place, open) {
  const list = place.querySelector("ol");
  redraw = () => {
    const queries = read();
    place.hidden = queries.length === 0;
    list.replaceChildren(
      ...queries.map((query) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "quiet";
        button.textContent = query.replace(/PREFIX[^>]*>/gi, "").replace(/\s+/g, " ").trim().slice(0, 120);
        button.addEventListener("click", () => open(query));
        item.append(button);
        return item;
      }),
    );
  };
  place.querySelector(".clear").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    redraw();
  });
  redraw();
}
