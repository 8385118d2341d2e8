// What a run is made of: settings, plugins, checkpoints, machine, warnings and log.

import { el, number, scrolling, section, table, th } from "/dom.js";
import * as format from "/format.js";

const LEVEL = /^\S+ (INFO|WARN|ERROR|DEBUG) +/;

function rows(pairs) {
  return pairs.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: "value" }, value)));
}

export class Settings {
  #filter = el("input", { type: "search", placeholder: "filter", "aria-label": "Filter settings", oninput: () => this.#draw() });
  #table = el("div", {});
  #settings = {};
  element = section("settings", "Settings", this.#filter, this.#table);

  show(details) {
    this.#settings = details.settings ?? {};
    this.#draw();
  }

  #draw() {
    const wanted = this.#filter.value.trim().toLowerCase();
    const found = Object.entries(this.#settings).filter(([name, value]) => `${name} ${value}`.toLowerCase().includes(wanted));
    this.#table.replaceChildren(
      found.length === 0 ? el("p", { class: "small" }, "No setting has that.") : scrolling("Settings", table("Settings of the run", ["setting", "value"], rows(found))),
    );
  }
}

export class Components {
  #body = el("div", {});
  element = section("plugins", "Plugins", this.#body);

  show(details) {
    const components = Object.entries(details.manifest?.components ?? {});
    const lines = components.map(([kind, component]) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, kind),
        el("td", {}, component.name),
        el("td", {}, `${component.plugin} ${component.version}`),
        el(
          "td",
          {},
          el(
            "details",
            {},
            el("summary", {}, count(Object.keys(component.sha256 ?? {}).length, "JAR")),
            el("ul", { class: "jars" }, Object.entries(component.sha256 ?? {}).map(([jar, hash]) => el("li", {}, jar, " ", el("code", { title: `SHA-256 ${hash}` }, String(hash).slice(0, 12))))),
          ),
        ),
      ),
    );
    this.element.hidden = lines.length === 0;
    this.#body.replaceChildren(scrolling("Plugins", table("Components and the JARs they came from", ["kind", "name", "plugin", "JARs, SHA-256"], lines)));
  }
}

const count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

export class Checkpoints {
  #body = el("div", {});
  element = section("checkpoints", "Checkpoints", this.#body);

  show(details) {
    const lines = (details.checkpoints ?? []).toReversed().map((checkpoint) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, el("code", {}, checkpoint.name)),
        el("td", {}, checkpoint.best ? "best" : ""),
        el("td", { class: "number" }, number(checkpoint.bytes, format.bytes)),
        el("td", { class: "moment" }, format.moment(checkpoint.written)),
      ),
    );
    this.#body.replaceChildren(
      lines.length === 0
        ? el("p", { class: "small" }, "None is written yet.")
        : scrolling("Checkpoints", table("Checkpoints, newest first", ["checkpoint", "", "#size", "written"].map(th), lines)),
    );
  }
}

export class Machine {
  #body = el("div", {});
  element = section("machine", "Machine and sessions", this.#body);

  show(details) {
    const manifest = details.manifest ?? {};
    const facts = [["directory", details.directory], ["Roundel", manifest.roundel], ...Object.entries(manifest.machine ?? {}), ["data, SHA-256", manifest["dataset-sha256"]]];
    const sessions = (manifest.sessions ?? []).map((session) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", class: "moment" }, format.moment(session.started)),
        el("td", { class: "number" }, number(session.epoch, format.count)),
        el("td", { class: "value" }, el("code", {}, (session.command ?? []).join(" "))),
      ),
    );
    this.#body.replaceChildren(
      scrolling("Machine", table("Where the run was trained", ["fact", "value"], rows(facts.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])))),
      scrolling("Sessions", table("Every start of the run", ["started", "#from epoch", "command"].map(th), sessions)),
    );
  }
}

export class Log {
  #lines = el("pre", { class: "log", tabindex: "0", role: "log", "aria-label": "Newest lines of the log" });
  #warnings = el("ul", { class: "warnings" });
  #none = el("p", { class: "small" }, "No warnings.");
  #problems = [];
  #told = [];
  element = section("log", "Warnings and log", this.#none, this.#warnings, this.#lines);

  /** What of the run's files cannot be read is a warning, too. */
  problems(problems) {
    this.#problems = problems;
    this.#warn();
  }

  show({ lines }) {
    const below = this.#lines.scrollHeight - this.#lines.scrollTop - this.#lines.clientHeight < 30;
    let level = "";
    const spans = lines.map((line) => {
      level = line.match(LEVEL)?.[1] ?? level;
      return el("span", { class: level.toLowerCase() || null }, `${line}\n`);
    });
    this.#lines.replaceChildren(...spans);
    if (below) {
      this.#lines.scrollTop = this.#lines.scrollHeight;
    }
    this.#told = lines.filter((line) => ["WARN", "ERROR"].includes(line.match(LEVEL)?.[1]));
    this.#warn();
  }

  #warn() {
    const all = [...this.#problems, ...this.#told];
    this.#none.hidden = all.length > 0;
    this.#warnings.replaceChildren(...all.map((text) => el("li", {}, text)));
  }
}
