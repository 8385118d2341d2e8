// What happened to the weights of each layer: a heat map over epochs, and a table of one epoch.

import { el, number, scrolling, section, table, th } from "/dom.js";
import { commonRange, drawDistribution, shares } from "/distribution.js";
import * as format from "/format.js";
import { Heatmap } from "/heatmap.js";
import { onTheme } from "/theme.js";

const MEASURES = [
  { key: "changedSinceStart", label: "Sign changed since the start", format: format.percent },
  { key: "changedInFiveEpochs", label: "Sign changed in five epochs", format: format.percent },
  { key: "moves", label: "Moves per weight in the epoch", format: format.small },
  { key: "quantizationError", label: "Quantization error", format: format.small },
  { key: "latentGap", label: "Latent gap", format: format.small },
];
const ROW = 20;
const CELLS = 64;

export class Layers {
  #epochs = [];
  #measure = MEASURES[0];
  #chosen = null;
  #layer = 0;
  #heat;
  #names = el("ol", { class: "names" });
  #readout = el("output", { class: "readout" });
  #slider = el("input", { type: "range", min: "1", max: "1", value: "1", oninput: () => this.#choose(Number(this.#slider.value) - 1) });
  #epochName = el("output", {});
  #newest = el("button", { type: "button", onclick: () => this.#choose(null) }, "newest");
  #select;
  #map;
  #table = el("div", {});
  #detail;
  #detailTitle = el("figcaption", {});
  #detailCanvas = el("canvas", { class: "distribution", role: "img" });
  #shares = el("ul", { class: "shares" });
  #over;
  #note = el("p", { class: "small" });
  #endTheme = onTheme(() => this.#drawAll());
  #observer = new ResizeObserver(() => this.#drawDetail());
  element;

  constructor() {
    this.#heat = new Heatmap({
      rowHeight: ROW,
      label: "Layers from above, epochs from the left; the table below has the numbers of one epoch",
      onhover: (place) => this.#hover(place),
      onchoose: ({ row, column }) => this.#choose(column, row),
    });
    this.#over = new Heatmap({
      rowHeight: 5,
      label: "The distribution over the epochs: each row is an epoch, the first above",
    });
    this.#select = el(
      "select",
      { id: "measure", onchange: () => this.#measured() },
      MEASURES.map((measure) => el("option", { value: measure.key }, measure.label)),
    );
    this.#map = el("div", { class: "map" }, this.#names, this.#heat.element);
    this.#detail = el(
      "figure",
      { class: "detail" },
      this.#detailTitle,
      this.#detailCanvas,
      this.#shares,
      el("p", { class: "small" }, "Every epoch, the first above:"),
      this.#over.element,
    );
    this.#observer.observe(this.#detailCanvas);
    this.element = section(
      "layers",
      "Layers",
      el("div", { class: "controls" }, el("label", {}, "Show ", this.#select), el("label", {}, "Epoch ", this.#slider), this.#epochName, this.#newest),
      scrolling("Heat map of the layers", this.#map),
      this.#readout,
      this.#note,
      el("div", { class: "split" }, this.#table, this.#detail),
    );
  }

  show(epochs) {
    this.#epochs = epochs.filter((epoch) => Array.isArray(epoch.layers));
    const has = this.#epochs.length > 0 && this.#epochs[0].layers.length > 0;
    this.element.hidden = !has;
    if (has) {
      this.#slider.max = String(this.#epochs.length);
      this.#drawAll();
    }
  }

  destroy() {
    this.#heat.destroy();
    this.#over.destroy();
    this.#observer.disconnect();
    this.#endTheme();
  }

  #measured() {
    this.#measure = MEASURES.find((measure) => measure.key === this.#select.value);
    this.#drawAll();
  }

  #index() {
    return this.#chosen === null ? this.#epochs.length - 1 : Math.min(this.#chosen, this.#epochs.length - 1);
  }

  #choose(column, row = this.#layer) {
    this.#chosen = column === this.#epochs.length - 1 ? null : column;
    this.#layer = row;
    this.#drawAll();
  }

  #value(epoch, layer) {
    const now = this.#epochs[epoch].layers[layer];
    if (!now) {
      return null;
    }
    if (this.#measure.key !== "moves") {
      return format.plotted(now[this.#measure.key]);
    }
    const before = epoch === 0 ? 0 : (this.#epochs[epoch - 1].layers[layer]?.moves ?? 0);
    return now.weights > 0 ? Math.max(0, now.moves - before) / now.weights : null;
  }

  #hover(place) {
    if (!place) {
      this.#readout.textContent = "";
      return;
    }
    const layer = this.#epochs[0].layers[place.row];
    const value = this.#value(place.column, place.row);
    this.#readout.textContent = `${layer.parameter}, epoch ${this.#epochs[place.column].epoch}: ${value === null ? "–" : this.#measure.format(value)}`;
  }

  #drawAll() {
    if (this.#epochs.length === 0) {
      return;
    }
    const index = this.#index();
    const layers = this.#epochs[0].layers;
    this.#slider.value = String(index + 1);
    this.#epochName.textContent = String(this.#epochs[index].epoch);
    this.#newest.disabled = this.#chosen === null;
    this.#names.replaceChildren(...layers.map((layer) => el("li", { title: layer.parameter }, layer.parameter)));
    const rows = layers.map((_, layer) => this.#epochs.map((__, epoch) => this.#value(epoch, layer)));
    this.#heat.set(rows, { row: this.#layer, column: index });
    const values = rows.flat().filter((value) => value !== null);
    this.#note.textContent =
      values.length === 0
        ? "There is nothing to show yet."
        : `From ${this.#measure.format(0)} (light) to ${this.#measure.format(values.reduce((a, b) => Math.max(a, b), 0))} (strong).`;
    this.#drawTable(this.#epochs[index]);
    this.#drawDetail();
  }

  #drawTable(epoch) {
    const focused = this.#table.contains(document.activeElement) ? document.activeElement.value : null;
    const rows = epoch.layers.map((layer, index) =>
      el(
        "tr",
        { class: index === this.#layer ? "chosen" : null },
        el(
          "th",
          { scope: "row" },
          el(
            "label",
            {},
            el("input", { type: "radio", name: "layer", value: String(index), checked: index === this.#layer, onchange: () => this.#choose(this.#chosen, index) }),
            layer.parameter,
          ),
        ),
        el("td", {}, el("canvas", { class: "spark", role: "img", "aria-label": "distribution" })),
        el("td", {}, layer.quantized ? "quantized" : "full precision"),
        el("td", { class: "number" }, number(layer.weights, format.count)),
        el("td", { class: "number" }, number(layer.changedSinceStart, format.percent)),
        el("td", { class: "number" }, number(layer.changedInFiveEpochs, format.percent)),
        el("td", { class: "number" }, number(layer.moves, format.count)),
        el("td", { class: "number" }, number(layer.quantizationError, format.small)),
        el("td", { class: "number" }, number(layer.latentGap, format.small)),
      ),
    );
    const heads = ["layer", "distribution", "kept", "#weights", "#sign changed", "#in 5 epochs", "#moves", "#quant. error", "#latent gap"];
    this.#table.replaceChildren(scrolling("Layers", table(`Layers after epoch ${epoch.epoch}`, heads.map(th), rows)));
    this.#table.querySelectorAll("canvas").forEach((canvas, index) => {
      const distribution = epoch.layers[index].distribution;
      drawDistribution(canvas, distribution, commonRange([distribution]), true);
    });
    if (focused !== null) {
      this.#table.querySelector(`input[value="${focused}"]`)?.focus({ preventScroll: true });
    }
  }

  #drawDetail() {
    if (this.#epochs.length === 0) {
      return;
    }
    const epoch = this.#epochs[this.#index()];
    const layer = epoch.layers[this.#layer];
    const distribution = layer?.distribution;
    this.#detail.hidden = !distribution;
    if (!distribution) {
      return;
    }
    const all = this.#epochs.map((one) => one.layers[this.#layer]?.distribution);
    const range = commonRange(all);
    const title = `${layer.parameter}: weights after epoch ${epoch.epoch}`;
    this.#detailTitle.replaceChildren(el("span", { class: "title" }, title), el("span", { class: "unit" }, "bars: what is trained; lines: what the net computes with"));
    this.#detailCanvas.setAttribute("aria-label", `${title}, from ${range[0].toPrecision(3)} to ${range[1].toPrecision(3)}`);
    drawDistribution(this.#detailCanvas, distribution, range, false);
    this.#shares.replaceChildren(...shares(distribution, layer.weights));
    this.#over.set(all.map((one) => (one ? spread(one, range) : [])), { row: this.#index(), column: -1 });
  }
}

/** Brings an epoch's bars onto the cells of the range that all epochs have, each by its share. */
function spread({ from, to, counts }, range) {
  const cells = new Array(CELLS).fill(0);
  const scale = CELLS / (range[1] - range[0] || 1);
  const step = (to - from) / counts.length;
  counts.forEach((count, index) => {
    const left = (from + index * step - range[0]) * scale;
    const right = Math.max(left + step * scale, left + 1e-9);
    for (let cell = Math.max(0, Math.floor(left)); cell < Math.min(CELLS, right); cell++) {
      cells[cell] += (count * (Math.min(right, cell + 1) - Math.max(left, cell))) / (right - left);
    }
  });
  return cells;
}
