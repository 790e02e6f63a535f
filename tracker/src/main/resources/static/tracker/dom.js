// Builds elements. What services say becomes text, and is never parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A list of facts; those without a value are left out. */
export function facts(entries) {
  return h(
    "dl",
    { class: "facts" },
    entries
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
}

/** A table whose rows become cards on a narrow screen, with their roles kept there. */
export function table(caption, columns, rows, kind = "") {
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    h(
      "table",
      { class: `cards ${kind}`, role: "table" },
      h("caption", { class: "unseen" }, caption),
      h(
        "thead",
        { role: "rowgroup" },
        h(
          "tr",
          { role: "row" },
          columns.map((column) => h("th", { scope: "col", role: "columnheader" }, column)),
        ),
      ),
      h(
        "tbody",
        { role: "rowgroup" },
        rows.map(({ cells, kind: kindOfRow }) =>
          h(
            "tr",
            { role: "row", class: kindOfRow },
            cells.map((cell, index) =>
              h(
                "td",
                {
                  role: "cell",
                  "data-label": columns[index],
                  class: cell === null || cell === undefined || cell === "" ? "empty" : null,
                },
                cell,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Says something to those who do not see the page. Used sparingly. */
export function announce(text) {
  document.getElementById("announcement").textContent = text;
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}
