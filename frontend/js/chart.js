// A view of the workbench: bars of the last column of numbers, named by the first column that holds none. The table
// is one press away and says the same.

const MOST = 60;
const NUMBERS = /(integer|decimal|double|float|int|long)$/;

function isNumber(value) {
  return value?.type !== "uri" && NUMBERS.test(value?.datatype ?? "") && Number(value.value) >= 0;
}

function columns(yasr) {
  const rows = yasr.results?.getBindings?.() ?? [];
  const names = yasr.results?.getVariables?.() ?? [];
  if (rows.length < 2 || rows.length > MOST) return null;
  const numbers = names.filter((name) => rows.every((row) => isNumber(row[name])));
  const labels = names.filter((name) => !numbers.includes(name));
  const named = labels.find((name) => name.endsWith("Label")) ?? labels[0];
  return numbers.length && named ? { rows, label: named, value: numbers.at(-1) } : null;
}

function svg(tag, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

export const Chart = (words) =>
  class {
    label = words.chart;
    priority = 5;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return columns(this.yasr) !== null;
    }

    getIcon() {
      const icon = svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
      icon.append(svg("path", { d: "M1 2h9v3H1zM1 7h14v3H1zM1 12h5v3H1z", fill: "currentColor" }));
      return icon;
    }

    draw() {
      const { rows, label, value } = columns(this.yasr);
      const longest = Math.max(...rows.map((row) => Number(row[value].value)), 1);
      const picture = svg("svg", { viewBox: `0 0 730 ${rows.length * 30}`, role: "img", "aria-label": `${value} / ${label}` });
      rows.forEach((row, n) => {
        const name = (row[label]?.value ?? "").replace(/^.*[/#](?=.)/, "");
        const width = (380 * Number(row[value].value)) / longest;
        picture.append(
          svg("text", { x: 292, y: n * 30 + 20, "text-anchor": "end" }, name.length > 42 ? `${name.slice(0, 41)}…` : name),
          svg("rect", { x: 300, y: n * 30 + 5, width, height: 20 }),
          svg("text", { x: width + 306, y: n * 30 + 20 }, row[value].value),
        );
      });
      const frame = document.createElement("div");
      frame.className = "chart-plugin";
      frame.append(picture);
      this.yasr.resultsEl.replaceChildren(frame);
    }
  };
