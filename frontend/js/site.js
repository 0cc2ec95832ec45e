// Suggestions under every search box, as one types: a listbox that the keyboard reaches (ARIA combobox pattern).

const PAUSE = 150; // milliseconds without a key before the server is asked

function suggestUnder(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  list.hidden = true;
  input.form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("autocomplete", "off");
  let options = [];
  let chosen = -1;
  let timer;
  let asked;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(number) {
    chosen = (number + options.length + 1) % (options.length + 1);
    if (chosen === options.length) chosen = -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", options[chosen].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(results) {
    list.replaceChildren(
      ...results.map((result, n) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${n}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.path = result.path;
        const name = document.createElement("span");
        name.textContent = result.name;
        const kind = document.createElement("small");
        kind.textContent = result.kind;
        option.append(name, kind);
        return option;
      }),
    );
    options = [...list.children];
    chosen = -1;
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    const address = new URL(input.form.action);
    address.pathname += ".json";
    address.search = new URLSearchParams({ ...Object.fromEntries(new FormData(input.form)), suggest: "1", lang: document.documentElement.lang });
    try {
      const response = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (response.ok && input.value.trim() === words) show((await response.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") close(); // offline: the form still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen < 0 ? options.length - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(options[chosen].dataset.path);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.path);
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}

function copyOnPress(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = before), 2000);
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(suggestUnder);
document.querySelectorAll("button[data-copies]").forEach(copyOnPress);
