// Curves over epochs, drawn by uPlot, with a legend and keys of our own.

import uPlot from "/uPlot.js";
import { el } from "/dom.js";
import { color, onTheme } from "/theme.js";

const FONT = "12px system-ui, sans-serif";
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000];

export class Chart {
  #figure;
  #plot;
  #series;
  #format;
  #values = [];
  #readout;
  #log = false;
  #spec;
  #data = [[]];
  #observer;
  #endTheme;
  #box;

  /**
   * Series have a key, a label, the name of a color in the style sheet and, where wanted, a dash
   * and a band (the keys of its lower and upper edge).
   */
  constructor(spec) {
    this.#spec = spec;
    this.#series = spec.series;
    this.#format = spec.format;
    this.#box = el("div", {
      class: "plot",
      tabindex: "0",
      role: "group",
      "aria-label": `${spec.title}; arrow keys read the values`,
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#readout.setAttribute("aria-live", "off"),
    });
    this.#readout = el("div", { class: "legend", "aria-live": "off" });
    const tools = el("div", { class: "tools" });
    if (spec.log) {
      tools.append(
        el("button", { type: "button", "aria-pressed": "false", onclick: (e) => this.#toggleLog(e.target) }, "log"),
      );
    }
    this.#figure = el(
      "figure",
      { class: "chart" },
      el("figcaption", {}, el("span", { class: "title" }, spec.title), spec.unit ? el("span", { class: "unit" }, spec.unit) : null, tools),
      this.#readout,
      this.#box,
    );
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#box);
    this.#endTheme = onTheme(() => this.#make());
    this.#make();
  }

  get element() {
    return this.#figure;
  }

  /** Shows other data: the epochs, and for each series its values by key, null where there is none. */
  set(epochs, values) {
    this.#data = [epochs, ...this.#series.map((series) => values[series.key] ?? epochs.map(() => null))];
    const scale = this.#plot.scales.x;
    const before = this.#plot.data[0];
    const zoomed = before?.length > 1 && (scale.min > before[0] || scale.max < before[before.length - 1]);
    this.#plot.setData(this.#shown(), !zoomed);
    if (zoomed) {
      this.#plot.redraw();
    }
    this.#tell();
  }

  destroy() {
    this.#observer.disconnect();
    this.#endTheme();
    this.#plot.destroy();
  }

  /** A logarithm has no place for what is not above zero. */
  #shown() {
    if (!this.#log) {
      return this.#data;
    }
    return this.#data.map((column, index) => (index === 0 ? column : column.map((v) => (v > 0 ? v : null))));
  }

  #toggleLog(button) {
    this.#log = !this.#log;
    button.setAttribute("aria-pressed", String(this.#log));
    this.#make();
  }

  #make() {
    const hidden = this.#plot ? this.#plot.series.map((series) => !series.show) : [];
    this.#plot?.destroy();
    const axis = { font: FONT, labelFont: FONT, stroke: color("muted"), ticks: { show: false } };
    const grid = { stroke: color("line"), width: 1 };
    this.#plot = new uPlot(
      {
        width: Math.max(200, this.#box.clientWidth),
        height: this.#spec.height ?? 220,
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: {
          sync: { key: this.#spec.x ?? "epochs" },
          y: false,
          points: { size: 7 },
          drag: { x: true, y: false },
        },
        scales: {
          x: { time: false, range: (_, min, max) => (min === max ? [min - 1, max + 1] : [min, max]) },
          y: this.#log ? { distr: 3 } : { range: (_, min, max) => this.#range(min, max) },
        },
        axes: [
          { ...axis, grid: { show: false }, incrs: STEPS, space: 40, size: 28 },
          {
            ...axis,
            grid,
            size: 58,
            values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : this.#spec.tick(tick))),
          },
        ],
        series: [
          {},
          ...this.#series.map((series, index) => ({
            label: series.label,
            show: !hidden[index + 1],
            stroke: series.band ? "transparent" : color(series.color),
            width: series.band ? 0 : (series.width ?? 2),
            dash: series.dash,
            points: { show: (u) => !series.band && (u.data[0]?.length ?? 0) < 40, size: 5 },
            spanGaps: true,
          })),
        ],
        bands: this.#bands(),
        hooks: { setCursor: [() => this.#tell()] },
      },
      this.#shown(),
      this.#box,
    );
    this.#box.querySelectorAll("canvas").forEach((canvas) => canvas.setAttribute("aria-hidden", "true"));
    this.#tell();
  }

  #bands() {
    const place = (key) => this.#series.findIndex((series) => series.key === key) + 1;
    return this.#series
      .filter((series) => series.edges)
      .map((series) => ({
        series: [place(series.edges[1]), place(series.edges[0])],
        fill: color(series.color).replace("rgb(", "rgba(").replace(")", ", 0.18)"),
      }));
  }

  #range(min, max) {
    if (min === null || max === null) {
      return [0, 1];
    }
    const low = this.#spec.fromZero ? Math.min(0, min) : min;
    const pad = max === low ? Math.abs(max) * 0.1 || 0.1 : (max - low) * 0.06;
    return [low === 0 ? 0 : low - pad, max + pad];
  }

  #resize() {
    const width = this.#box.clientWidth;
    if (width > 0 && Math.abs(width - this.#plot.width) > 1) {
      this.#plot.setSize({ width, height: this.#spec.height ?? 220 });
    }
  }

  #key(event) {
    const epochs = this.#data[0];
    if (epochs.length === 0) {
      return;
    }
    const last = epochs.length - 1;
    const now = this.#plot.cursor.idx ?? last;
    const places = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last };
    if (event.key === "Escape") {
      this.#plot.setCursor({ left: -10, top: -10 });
    } else if (event.key in places) {
      this.#readout.setAttribute("aria-live", "polite");
      const place = Math.min(last, Math.max(0, places[event.key]));
      this.#plot.setCursor({ left: this.#plot.valToPos(epochs[place], "x"), top: 10 });
    } else {
      return;
    }
    event.preventDefault();
  }

  /** The legend has the values under the cursor, or the newest. */
  #tell() {
    if (!this.#plot) {
      return;
    }
    const epochs = this.#data[0];
    const under = this.#plot.cursor.left >= 0 ? this.#plot.cursor.idx : null;
    const place = under ?? epochs.length - 1;
    const parts = [
      el("span", { class: "epoch" }, epochs.length === 0 ? "nothing yet" : `${this.#spec.x ?? "epoch"} ${epochs[place]}`),
    ];
    this.#series.forEach((series, index) => {
      if (series.band) {
        return;
      }
      const value = this.#data[index + 1]?.[place];
      const shown = this.#plot.series[index + 1].show;
      parts.push(
        el(
          "button",
          { type: "button", "aria-pressed": String(shown), "data-series": series.key, title: "show or hide" },
          el("i", { class: `swatch ${series.color}${series.dash ? " dashed" : ""}` }),
          `${series.label} `,
          el("b", {}, value === null || value === undefined ? "–" : this.#format(value)),
        ),
      );
    });
    this.#update(parts);
  }

  /** Buttons stay the same elements, so that the one in focus keeps it. */
  #update(parts) {
    const old = [...this.#readout.children];
    if (old.length !== parts.length) {
      this.#readout.replaceChildren(...parts);
      parts.slice(1).forEach((button) => button.addEventListener("click", () => this.#toggle(button)));
      return;
    }
    parts.forEach((part, index) => {
      if (!part.isEqualNode(old[index])) {
        old[index].setAttribute("aria-pressed", part.getAttribute("aria-pressed"));
        old[index].replaceChildren(...part.childNodes);
      }
    });
    old[0].removeAttribute("aria-pressed");
  }

  #toggle(button) {
    const index = this.#series.findIndex((series) => series.key === button.dataset.series) + 1;
    const show = !this.#plot.series[index].show;
    this.#plot.setSeries(index, { show });
    const edges = this.#series[index - 1].edges ?? [];
    edges.forEach((edge) =>
      this.#plot.setSeries(this.#series.findIndex((series) => series.key === edge) + 1, { show }),
    );
    this.#tell();
  }
}
