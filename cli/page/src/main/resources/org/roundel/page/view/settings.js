// The settings of several runs beside one another: those that differ, and those that are equal.

import { el, scrolling, section, table } from "/dom.js";
import { differing } from "/overlay.js";

export class SettingsBeside {
  #note = el("p", { class: "small" });
  #differ = el("div");
  #equal = el("div");
  #shown = "";
  element = section(
    "beside",
    "Settings beside one another",
    this.#note,
    el("h3", {}, "Different"),
    this.#differ,
    el("details", {}, el("summary", {}, "Equal in all of them"), this.#equal),
  );

  /** Marks what differs from the baseline, or from the first. */
  show(runs, base, chosen) {
    const all = base && !runs.includes(base) ? [base, ...runs] : runs;
    const now = JSON.stringify([all.map((run) => [run.name, run.settings]), base?.name, chosen]);
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    this.#note.textContent = all.length === 0 ? "There are no runs." : chosen ? "Of the chosen runs." : "Of the runs in the table.";
    const first = base ?? all[0];
    const keys = [...new Set(all.flatMap((run) => Object.keys(run.settings)))].sort();
    const different = differing(all).sort();
    const rows = different.map((key) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, key),
        all.map((run) => el("td", { class: run.settings[key] === first.settings[key] ? null : "differs" }, run.settings[key] ?? "–")),
      ),
    );
    this.#differ.replaceChildren(
      rows.length === 0 ? el("p", { class: "small" }, "No setting differs.") : scrolling("Different settings", table("Settings that differ", ["setting", ...all.map((run) => run.name)], rows)),
    );
    const equal = keys.filter((key) => !different.includes(key));
    this.#equal.replaceChildren(
      scrolling(
        "Equal settings",
        table("Settings that are equal", ["setting", "value"], equal.map((key) => el("tr", {}, el("th", { scope: "row" }, key), el("td", { class: "value" }, all[0].settings[key])))),
      ),
    );
  }
}
