// The curves of several runs in one chart, each by itself or seeds as their mean and deviation.

import { Chart } from "/charts.js";
import { el, section } from "/dom.js";
import * as format from "/format.js";

const plain = (value) => String(Number(value.toPrecision(6)));
const percents = { format: format.percent, tick: (v) => `${Number((v * 100).toPrecision(6))} %`, fromZero: true };

const MEASURES = [
  { key: "test-error", label: "Test error", of: (e) => e.test?.error, ...percents },
  { key: "validation-error", label: "Validation error", of: (e) => e.validation?.error, ...percents },
  { key: "train-error", label: "Train error", of: (e) => e.train.error, ...percents },
  { key: "latent-error", label: "Latent test error", of: (e) => e.latentTest?.error, ...percents },
  { key: "test-loss", label: "Test loss", of: (e) => e.test?.loss, format: format.loss, tick: plain },
  { key: "validation-loss", label: "Validation loss", of: (e) => e.validation?.loss, format: format.loss, tick: plain },
  { key: "train-loss", label: "Train loss", of: (e) => e.train.loss, format: format.loss, tick: plain },
  { key: "rate", label: "Learning rate", of: (e) => e.learningRate, format: format.rate, tick: plain },
  { key: "speed", label: "Images/s", of: (e) => e.train.images / e.seconds, format: format.speed, tick: plain, fromZero: true },
];
const COLORS = 8;
const DASHES = [undefined, [7, 4], [2, 3]];

/** The histories that were read so far, by run. */
class Histories {
  #read = new Map();

  get(name) {
    return this.#read.get(name)?.epochs ?? [];
  }

  /** Reads on where a run has changed; returns whether anything came. */
  async follow(run) {
    const known = this.#read.get(run.name);
    if (known?.changed === run.changed) {
      return false;
    }
    const kept = known ?? { epochs: [], next: 0 };
    let more = true;
    while (more) {
      const answer = await fetch(`/api/history?run=${encodeURIComponent(run.name)}&from=${kept.next}`);
      if (!answer.ok) {
        return false;
      }
      const part = await answer.json();
      if (part.from === 0) {
        kept.epochs = [];
      }
      kept.epochs.push(...part.epochs);
      more = part.next !== kept.next;
      kept.next = part.next;
    }
    kept.changed = run.changed;
    this.#read.set(run.name, kept);
    return true;
  }
}

/** Returns the settings, but for the seed, in which runs are not the same. */
export function differing(runs) {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run.settings)))];
  return keys.filter((key) => new Set(runs.map((run) => run.settings[key])).size > 1);
}

/** Puts runs that differ in their seed alone together, and names each group by what is its own. */
export function groups(runs) {
  const found = new Map();
  for (const run of runs) {
    const { seed, ...rest } = run.settings;
    const key = JSON.stringify(Object.entries(rest).sort());
    found.set(key, [...(found.get(key) ?? []), run]);
  }
  const all = [...found.values()];
  const own = differing(all.map((group) => group[0])).filter((key) => key !== "seed");
  return all.map((group) => {
    const settings = group[0].settings;
    const name = own.length === 0 ? settings.quantizer : own.map((key) => (key === "quantizer" ? settings[key] : `${key} ${settings[key] ?? "–"}`)).join(", ");
    return { name: `${name} (${group.length} seed${group.length === 1 ? "" : "s"})`, runs: group };
  });
}

/** Mean and sample deviation of what there is; null where there is nothing. */
export function spread(values) {
  const there = values.filter((value) => value !== null);
  if (there.length === 0) {
    return { mean: null, deviation: null };
  }
  const mean = there.reduce((a, b) => a + b, 0) / there.length;
  const squares = there.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: there.length === 1 ? 0 : Math.sqrt(squares / (there.length - 1)) };
}

export class Overlay {
  #histories = new Histories();
  #state;
  #chart = null;
  #shape = "";
  #chosen = [];
  #base = null;
  #box = el("div");
  #note = el("p", { class: "small" });
  #measure;
  #seeds;
  element;

  constructor(state, set) {
    this.#state = state;
    this.#measure = el("select", { onchange: () => set({ measure: this.#measure.value }) }, MEASURES.map(({ key, label }) => el("option", { value: key }, label)));
    this.#measure.value = state.measure;
    this.#seeds = el("input", { type: "checkbox", onchange: () => set({ seeds: this.#seeds.checked }) });
    this.#seeds.checked = state.seeds;
    this.element = section(
      "overlay",
      "Chosen runs",
      el("div", { class: "controls" }, el("label", {}, "Show ", this.#measure), el("label", {}, this.#seeds, "seeds as mean ± deviation")),
      this.#note,
      this.#box,
    );
  }

  destroy() {
    this.#chart?.destroy();
  }

  async show(chosen, base) {
    this.#chosen = base && !chosen.includes(base) && chosen.length > 0 ? [base, ...chosen] : chosen;
    this.#base = base;
    this.#draw();
    let came = false;
    for (const run of this.#chosen) {
      try {
        came = (await this.#histories.follow(run)) || came;
      } catch {
        // The table says that there is no answer.
      }
    }
    if (came) {
      this.#draw();
    }
  }

  #draw() {
    // Runs that hold images out have no test error by epoch.
    const held = this.#chosen.length > 0 && this.#chosen.every((run) => Number(run.settings.validation ?? 0) > 0);
    const wanted = held ? this.#state.measure.replace(/^test-/, "validation-") : this.#state.measure;
    const measure = MEASURES.find(({ key }) => key === wanted) ?? MEASURES[0];
    this.#note.textContent = this.#chosen.length === 0 ? "Choose runs in the table to see their curves here." : "";
    this.#box.hidden = this.#chosen.length === 0;
    if (this.#chosen.length === 0) {
      return;
    }
    const lines = this.#state.seeds ? groups(this.#chosen) : this.#chosen.map((run) => ({ name: run.name, runs: [run] }));
    const shape = JSON.stringify([measure.key, this.#state.seeds, this.#base?.name, lines.map((line) => line.name)]);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#chart?.destroy();
      this.#chart = new Chart({ title: measure.label, format: measure.format, tick: measure.tick, fromZero: measure.fromZero, log: true, height: 320, series: this.#series(lines) });
      this.#box.replaceChildren(this.#chart.element);
    }
    this.#fill(measure, lines);
  }

  #series(lines) {
    const edges = !this.#state.seeds
      ? []
      : lines.flatMap((_, index) => [
          { key: `low${index}`, label: "", color: "muted", band: true },
          { key: `high${index}`, label: "", color: "muted", band: true },
        ]);
    const curves = lines.map((line, index) => ({
      key: `line${index}`,
      label: line.name + (line.runs.includes(this.#base) ? ", baseline" : ""),
      color: `o${index % COLORS}`,
      dash: DASHES[Math.floor(index / COLORS) % DASHES.length],
      width: line.runs.includes(this.#base) ? 3.5 : 2,
      edges: this.#state.seeds ? [`low${index}`, `high${index}`] : undefined,
    }));
    return [...edges, ...curves];
  }

  #fill(measure, lines) {
    const last = Math.max(0, ...this.#chosen.map((run) => this.#histories.get(run.name).at(-1)?.epoch ?? 0));
    const epochs = Array.from({ length: last }, (_, index) => index + 1);
    const values = {};
    lines.forEach((line, index) => {
      const columns = line.runs.map((run) => {
        const column = new Array(last).fill(null);
        this.#histories.get(run.name).forEach((epoch) => {
          column[epoch.epoch - 1] = format.plotted(measure.of(epoch));
        });
        return column;
      });
      const spreads = epochs.map((_, place) => spread(columns.map((column) => column[place])));
      values[`line${index}`] = spreads.map(({ mean }) => mean);
      values[`low${index}`] = spreads.map(({ mean, deviation }) => (mean === null ? null : mean - deviation));
      values[`high${index}`] = spreads.map(({ mean, deviation }) => (mean === null ? null : mean + deviation));
    });
    this.#chart.set(epochs, values);
  }
}
