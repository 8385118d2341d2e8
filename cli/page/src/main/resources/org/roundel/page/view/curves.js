// Where a run stands, its curves, and its epochs in a table.

import { Chart } from "/charts.js";
import { el, fill, number, scrolling, section, table } from "/dom.js";
import * as format from "/format.js";

const PHASES = {
  waiting: "waiting",
  starting: "starting",
  reading: "reading the data",
  making: "making the net",
  restoring: "going to the checkpoint",
  training: "training",
  evaluating: "evaluating",
  checkpointing: "writing a checkpoint",
  running: "running",
  finished: "finished",
  stopped: "stopped",
  diverged: "diverged",
  failed: "failed",
  damaged: "damaged",
  gone: "deleted",
};

export const phaseWord = (phase) => PHASES[phase] ?? phase;

/** The state as a badge; its color only repeats what the word says. */
export function badge(phase) {
  return el("span", { class: `badge ${phase}` }, phaseWord(phase));
}

/** What an epoch says of the test images, or of those held out where there are any. */
export const evaluated = (epoch) => epoch.validation ?? epoch.test;
export const latentEvaluated = (epoch) => (epoch.validation ? epoch.latentValidation : epoch.latentTest);

/** Before the first epoch only the settings say whether images are held out. */
const imagesOf = (epochs, held) => (held || epochs.some((epoch) => epoch.validation) ? "validation" : "test");

const capital = (word) => word[0].toUpperCase() + word.slice(1);

export function best(epochs) {
  let found = null;
  for (const epoch of epochs) {
    if (!found || evaluated(epoch).error < evaluated(found).error) {
      found = epoch;
    }
  }
  return found;
}

const perSecond = (epoch) => (epoch.seconds > 0 ? epoch.train.images / epoch.seconds : null);

/** What is being done now: a bar for the run, and the update's numbers. */
export class Now {
  #state = el("p", { class: "state", "aria-live": "polite" });
  #bar = el("progress", { max: "1", value: "0", "aria-label": "share of the run that is done" });
  #facts = el("dl", { class: "facts" });
  #message = el("p", { class: "note fault", hidden: true, role: "alert" });
  element = el("section", { class: "now", "aria-label": "State of the run" }, this.#state, this.#bar, this.#facts, this.#message);

  show(progress, epochs) {
    const update = progress.update;
    const planned = progress.epochs || epochs.at(-1)?.epochs || 0;
    const done = epochs.length === 0 ? 0 : epochs.at(-1).epoch;
    const doing = update && update.epoch > done;
    const current = doing ? update.epoch : done;
    fill(this.#state, badge(progress.phase), planned ? ` epoch ${current} of ${planned}` : "");
    const share = planned === 0 ? 0 : (doing ? update.epoch - 1 + update.step / update.steps : done) / planned;
    this.#bar.value = Math.min(1, share);
    this.#bar.textContent = format.percent(share);
    this.#message.hidden = !progress.message;
    fill(this.#message, progress.message ?? "");
    fill(this.#facts, update ? this.#live(update, progress.phase) : []);
  }

  #live(update, phase) {
    const ended = ["finished", "stopped", "failed", "diverged"].includes(phase);
    const facts = [
      ["update", `${format.count(update.step)} of ${format.count(update.steps)}`],
      ["loss", number(update.loss, format.loss)],
      ["error", number(update.error, format.percent)],
      ["rate", number(update.learningRate, format.rate)],
      ["images/s", number(update.imagesPerSecond, format.speed)],
      ["gradient norm", number(update.gradientNorm, format.small)],
    ];
    if (!ended) {
      facts.push(["epoch's end in", number(update.epochSecondsLeft, format.duration)]);
      facts.push(["run's end in", number(update.runSecondsLeft, format.duration)]);
    }
    return facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
  }
}

/** The results so far, large. */
export class Tiles {
  element = el("section", { class: "tiles", "aria-label": "Results so far" });

  #test = null;
  #epochs = [];
  #held = false;

  /** Takes what the best checkpoint does on the test images, when the run has ended; null before. */
  test(test) {
    this.#test = test;
    this.show(this.#epochs, this.#held);
  }

  show(epochs, held) {
    this.#epochs = epochs;
    this.#held = held;
    const images = imagesOf(epochs, held);
    const last = epochs.at(-1);
    const lowest = best(epochs);
    const tile = (name, value, note) =>
      el("div", { class: "tile" }, el("h3", {}, name), el("p", { class: "value" }, value), el("p", { class: "small" }, note));
    const tiles = [
      tile(`Best ${images} error`, number(lowest && evaluated(lowest).error, format.percent), lowest ? `in epoch ${lowest.epoch}` : "no epoch yet"),
      tile(`Last ${images} error`, number(last && evaluated(last).error, format.percent), last ? `after epoch ${last.epoch}` : "no epoch yet"),
      tile("Train error", number(last?.train.error, format.percent), "before each update"),
      tile(`${capital(images)} loss`, number(last && evaluated(last).loss, format.loss), last ? ["train ", number(last.train.loss, format.loss)] : ""),
    ];
    const latent = last && latentEvaluated(last);
    if (latent) {
      tiles.splice(2, 0, tile(`Latent ${images} error`, number(latent.error, format.percent), "unquantized weights"));
    }
    if (this.#test && this.#test.epochs === last?.epoch) {
      tiles.unshift(tile("Test error", number(this.#test.test.error, format.percent), `of the best checkpoint, of epoch ${this.#test.epoch}`));
    }
    fill(this.element, tiles);
  }
}

/** Error, loss, learning rate and speed over the epochs. */
export class Curves {
  #charts;
  #weights;
  element;

  constructor() {
    const percents = { format: format.percent, tick: (v) => `${Number((v * 100).toPrecision(6))} %`, fromZero: true };
    const plain = (v) => String(Number(v.toPrecision(6)));
    const weights = [
      { key: "train", label: "train", color: "train", dash: [6, 4] },
      { key: "test", label: "test", color: "test" },
      { key: "latent", label: "latent", color: "latent", dash: [2, 3] },
    ];
    this.#weights = weights;
    this.#charts = {
      error: new Chart({
        title: "Error",
        ...percents,
        log: true,
        series: weights,
      }),
      loss: new Chart({
        title: "Loss",
        format: format.loss,
        tick: plain,
        log: true,
        series: weights,
      }),
      rate: new Chart({
        title: "Learning rate",
        unit: "of the last update",
        format: format.rate,
        tick: plain,
        log: true,
        height: 160,
        fromZero: true,
        series: [{ key: "rate", label: "rate", color: "rate" }],
      }),
      speed: new Chart({
        title: "Speed",
        unit: "images/s in training",
        format: format.speed,
        tick: format.count,
        height: 160,
        fromZero: true,
        series: [{ key: "speed", label: "images/s", color: "speed" }],
      }),
    };
    this.element = section("curves", "Curves", el("div", { class: "charts" }, Object.values(this.#charts).map((chart) => chart.element)));
  }

  show(epochs, held) {
    const over = epochs.map((epoch) => epoch.epoch);
    this.#weights[1].label = imagesOf(epochs, held);
    const values = (read) => epochs.map((epoch) => format.plotted(read(epoch)));
    const all = (field) => ({
      train: values((e) => e.train[field]),
      test: values((e) => evaluated(e)[field]),
      latent: values((e) => latentEvaluated(e)?.[field]),
    });
    this.#charts.error.set(over, all("error"));
    this.#charts.loss.set(over, all("loss"));
    this.#charts.rate.set(over, { rate: values((e) => e.learningRate) });
    this.#charts.speed.set(over, { speed: values(perSecond) });
  }

  destroy() {
    Object.values(this.#charts).forEach((chart) => chart.destroy());
  }
}

/** The updates of the running epoch; there only where this process makes them. */
export class Updates {
  #chart = new Chart({
    title: "Updates of the epoch",
    x: "update",
    format: format.loss,
    tick: (v) => String(Number(v.toPrecision(6))),
    log: true,
    height: 130,
    series: [{ key: "loss", label: "loss", color: "test" }],
  });
  element = el("section", { "aria-label": "The running epoch", hidden: true }, this.#chart.element);

  show({ stride, losses }) {
    this.element.hidden = false;
    this.#chart.set(losses.map((_, index) => (index + 1) * stride), { loss: losses.map(format.plotted) });
  }

  destroy() {
    this.#chart.destroy();
  }
}

/** Every number of the curves, newest first. */
export class EpochTable {
  #table = el("div", {});
  #details = el("details", { ontoggle: () => this.#draw() }, el("summary", {}, "All epochs in a table"), this.#table);
  #epochs = [];
  #held = false;
  element = section("epochs", "Epochs", this.#details);

  show(epochs, held) {
    this.#epochs = epochs;
    this.#held = held;
    this.#draw();
  }

  /** A long table is made only for those who look at it. */
  #draw() {
    if (!this.#details.open) {
      return;
    }
    const epochs = this.#epochs;
    const latent = epochs.some((epoch) => latentEvaluated(epoch));
    const images = imagesOf(epochs, this.#held);
    const heads = ["#epoch", "#updates", "#rate", "#train loss", "#train error", `#${images} loss`, `#${images} error`];
    const rows = epochs.toReversed().map((epoch) => {
      const cells = [
        [epoch.step, format.count],
        [epoch.learningRate, format.rate],
        [epoch.train.loss, format.loss],
        [epoch.train.error, format.percent],
        [evaluated(epoch).loss, format.loss],
        [evaluated(epoch).error, format.percent],
        ...(latent
          ? [
              [latentEvaluated(epoch)?.loss, format.loss],
              [latentEvaluated(epoch)?.error, format.percent],
            ]
          : []),
        [perSecond(epoch), format.speed],
        [epoch.seconds, format.duration],
      ];
      return el(
        "tr",
        { class: epoch.best ? "best" : null },
        el("th", { scope: "row", class: "number" }, number(epoch.epoch, format.count)),
        cells.map(([value, how]) => el("td", { class: "number" }, number(value, how))),
        el("td", { class: "moment" }, epoch.best ? "best so far" : ""),
      );
    });
    if (latent) {
      heads.push("#latent loss", "#latent error");
    }
    heads.push("#images/s", "#time");
    this.#table.replaceChildren(scrolling("Epochs", table("Every epoch, newest first", [...heads, el("td", {})], rows)));
  }
}
