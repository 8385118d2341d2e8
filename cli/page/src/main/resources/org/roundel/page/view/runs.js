// The runs of a directory in one table, and those that are chosen beside one another.

import { badge, phaseWord } from "/curves.js";
import { el, fill, number, scrolling, section } from "/dom.js";
import * as format from "/format.js";
import { Overlay } from "/overlay.js";
import { SettingsBeside } from "/settings.js";
import { readState, writeState } from "/state.js";

const EVERY = 3000;
const MOST_CHOSEN = 24;

const COLUMNS = [
  { key: "name", label: "run", of: (run) => run.name, show: (run) => (begun(run) ? el("a", { href: `#run=${encodeURIComponent(run.name)}` }, run.name) : run.name) },
  { key: "state", label: "state", of: (run) => phaseWord(run.phase), show: (run) => badge(run.phase) },
  { key: "where", label: "where", of: (run) => run.where ?? "", planned: true },
  { key: "method", label: "method", of: (run) => run.settings.quantizer ?? "" },
  { key: "net", label: "net", of: (run) => run.settings.model ?? "" },
  { key: "data", label: "data", of: (run) => run.settings.dataset ?? "" },
  { key: "seed", label: "seed", number: true, of: (run) => Number(run.settings.seed), show: (run) => run.settings.seed ?? "–" },
  { key: "epochs", label: "epochs", number: true, of: (run) => run.epochs, show: (run) => `${run.epochs}/${run.planned || "?"}` },
  { key: "best", label: "best error", number: true, of: (run) => run.best?.error, show: (run) => number(run.best?.error, format.percent) },
  { key: "last", label: "last error", number: true, of: (run) => run.last?.error, show: (run) => number(run.last?.error, format.percent) },
  { key: "against", label: "best − baseline", number: true, of: (run, base) => against(run, base), show: (run, base) => number(against(run, base), format.points) },
  { key: "weights", label: "weights", number: true, of: (run) => run.weights, show: (run) => number(run.weights || null, format.count) },
  { key: "size", label: "size", number: true, of: (run) => run.bytes, show: (run) => number(run.bytes, format.bytes) },
  { key: "changed", label: "changed", of: (run) => run.changed, show: (run) => (run.changed ? format.moment(run.changed) : "–") },
];

function against(run, base) {
  return base?.best && run.best ? run.best.error - base.best.error : null;
}

/** Whether a run has every word: anywhere, or as the value of a setting in "seed=1". */
function fits(run, words) {
  const text = [run.name, phaseWord(run.phase), ...Object.values(run.settings)].join(" ").toLowerCase();
  return words.every((word) => {
    const [key, value] = word.split("=");
    return value === undefined ? text.includes(word) : String(run.settings[key] ?? "").toLowerCase() === value;
  });
}

function compare(a, b) {
  const none = (value) => value === null || value === undefined || Number.isNaN(value);
  if (none(a) || none(b)) {
    return none(a) - none(b);
  }
  return typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
}

/** Whether a run has a directory to look into; one of a sweep may still be waiting. */
const begun = (run) => run.begun !== false;

class RunTable {
  #state = readState();
  #runs = [];
  #rows = new Map();
  #filter = el("input", { type: "search", placeholder: "filter: words, or setting=value", "aria-label": "Filter runs", oninput: () => this.#set({ filter: this.#filter.value }) });
  #notice = el("p", { class: "small", role: "status" });
  #count = el("p", { class: "small", role: "status" });
  #all = el("input", { type: "checkbox", "aria-label": "Choose all that are shown", onchange: () => this.#chooseAll() });
  #heads = new Map();
  #body = el("tbody");
  #overlay = new Overlay(this.#state, (change) => this.#set(change));
  #settings = new SettingsBeside();
  #timer = 0;
  #planned = false;
  elements;

  constructor() {
    this.#filter.value = this.#state.filter;
    const heads = COLUMNS.map((column) => {
      const head = el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": "none" }, el("button", { type: "button", onclick: () => this.#sort(column.key) }, column.label));
      this.#heads.set(column.key, head);
      return head;
    });
    const table = el(
      "table",
      {},
      el("caption", { class: "hidden" }, "All runs; the heads sort"),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, this.#all), el("th", { scope: "col" }, "base"), heads)),
      this.#body,
    );
    this.elements = [
      section("runs", "Runs", this.#notice, el("div", { class: "filters" }, this.#filter, this.#count), scrolling("Runs", table)),
      this.#overlay.element,
      this.#settings.element,
    ];
    this.#load();
  }

  destroy() {
    clearTimeout(this.#timer);
    this.#timer = -1;
    this.#overlay.destroy();
  }

  async #load() {
    const connection = document.getElementById("connection");
    if (!document.hidden) {
      try {
        const told = await (await fetch("/api/runs")).json();
        this.#runs = told.runs;
        fill(this.#notice, told.notice);
        connection.textContent = "";
        this.#draw();
      } catch {
        connection.textContent = "No answer; trying again. What is shown is the last that was told.";
      }
    }
    if (this.#timer !== -1) {
      this.#timer = setTimeout(() => this.#load(), EVERY);
    }
  }

  #set(change) {
    Object.assign(this.#state, change);
    writeState(this.#state);
    this.#draw();
  }

  #sort(key) {
    this.#set({ sort: key, down: this.#state.sort === key && !this.#state.down });
  }

  #choose(name, is) {
    const chosen = this.#state.chosen.filter((other) => other !== name);
    this.#set({ chosen: is ? [...chosen, name].slice(-MOST_CHOSEN) : chosen });
  }

  #chooseAll() {
    this.#set({ chosen: this.#all.checked ? this.#shown().filter(begun).slice(0, MOST_CHOSEN).map((run) => run.name) : [] });
  }

  #shown() {
    const words = this.#state.filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const column = COLUMNS.find(({ key }) => key === this.#state.sort) ?? COLUMNS[0];
    const base = this.#base();
    const sign = this.#state.down ? -1 : 1;
    return this.#runs
      .filter((run) => fits(run, words))
      .sort((a, b) => {
        const [first, second] = [column.of(a, base), column.of(b, base)];
        // What there is not comes last, either way.
        const order = compare(first, second);
        const missing = [first, second].some((value) => value === null || value === undefined || Number.isNaN(value));
        return (missing ? order : sign * order) || compare(a.name, b.name);
      });
  }

  #base() {
    return this.#runs.find((run) => run.name === this.#state.baseline) ?? null;
  }

  #draw() {
    const shown = this.#shown();
    const base = this.#base();
    this.#heads.forEach((head, key) =>
      head.setAttribute("aria-sort", key !== this.#state.sort ? "none" : this.#state.down ? "descending" : "ascending"),
    );
    // Only a sweep says where its runs are trained.
    this.#planned = this.#runs.some((run) => run.where !== undefined);
    this.#heads.get("where").hidden = !this.#planned;
    fill(this.#count, `${format.count(shown.length)} of ${format.count(this.#runs.length)} runs`);
    const choosable = shown.filter(begun);
    this.#all.checked = choosable.length > 0 && choosable.every((run) => this.#state.chosen.includes(run.name));
    const rows = shown.map((run) => this.#row(run, base));
    const before = [...this.#body.children];
    if (rows.length !== before.length || rows.some((row, index) => row !== before[index])) {
      const focused = this.#body.contains(document.activeElement) ? document.activeElement : null;
      this.#body.replaceChildren(...rows);
      focused?.focus({ preventScroll: true });
    }
    const chosen = this.#state.chosen.map((name) => this.#runs.find((run) => run.name === name)).filter(Boolean);
    this.#overlay.show(chosen, base);
    this.#settings.show(chosen.length > 0 ? chosen : shown.slice(0, MOST_CHOSEN), base, chosen.length > 0);
  }

  /** A row is the same element as long as it is the same run, so that the focus stays. */
  #row(run, base) {
    let row = this.#rows.get(run.name);
    if (!row) {
      const box = el("input", { type: "checkbox", "aria-label": `Choose ${run.name}`, onchange: () => this.#choose(run.name, box.checked) });
      const pin = el("button", { type: "button", class: "pin", "aria-label": `Baseline ${run.name}`, onclick: () => this.#set({ baseline: this.#state.baseline === run.name ? "" : run.name }) }, "pin");
      row = el("tr", {}, el("td", {}, box), el("td", {}, pin), COLUMNS.map((column) => el(column.key === "name" ? "th" : "td", { class: column.number ? "number" : null, scope: column.key === "name" ? "row" : null })));
      this.#rows.set(run.name, row);
    }
    const cells = [...row.children];
    const isBase = run.name === this.#state.baseline;
    cells[0].firstChild.disabled = !begun(run);
    cells[0].firstChild.checked = this.#state.chosen.includes(run.name);
    cells[1].firstChild.setAttribute("aria-pressed", String(isBase));
    row.className = isBase ? "baseline" : "";
    row.title = run.problems.join("\n");
    COLUMNS.forEach((column, index) => {
      fill(cells[index + 2], column.show ? column.show(run, base) : column.of(run));
      cells[index + 2].hidden = column.planned === true && !this.#planned;
    });
    return row;
  }
}

/** Shows the runs; returns what ends that. */
export function showRuns(main) {
  const table = new RunTable();
  main.append(el("h1", { class: "hidden" }, "Runs"), ...table.elements);
  return () => table.destroy();
}
