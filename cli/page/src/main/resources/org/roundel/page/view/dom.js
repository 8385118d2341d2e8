// Builds elements. Whatever is text stays text: nothing here reads it as HTML.

/** Makes an element; attributes that are null or false are left out, listeners begin with "on". */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) {
      element.append(child);
    }
  }
}

/** Puts other children into an element, unless they say the same as those that are there. */
export function fill(element, ...children) {
  const fresh = element.cloneNode(false);
  add(fresh, children);
  if (!fresh.isEqualNode(element)) {
    element.replaceChildren(...fresh.childNodes);
  }
}

/** A number as people read it, that also carries its exact value; a dash where there is none. */
export function number(value, format) {
  if (value === null || value === undefined || value === "") {
    return el("span", { class: "none" }, "–");
  }
  return el("data", { value: String(value) }, format(value));
}

/** A section under a heading of its own. */
export function section(id, title, ...children) {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title` }, title),
    ...children,
  );
}

/** What is wider than the window scrolls by itself, with the keyboard too. */
export function scrolling(label, ...children) {
  return el("div", { class: "scrolling", tabindex: "0", role: "group", "aria-label": label }, ...children);
}

/** A table with a caption for those who do not see the heading above it. */
export function table(caption, heads, rows) {
  return el(
    "table",
    {},
    el("caption", { class: "hidden" }, caption),
    el("thead", {}, el("tr", {}, heads.map((head) => (head instanceof Element ? head : th(head))))),
    el("tbody", {}, rows),
  );
}

/** A column's head; "#" before it for a column of numbers. */
export function th(text) {
  const isNumber = text.startsWith("#");
  return el("th", { scope: "col", class: isNumber ? "number" : null }, isNumber ? text.slice(1) : text);
}
