// The view of one run.

import { Curves, EpochTable, Now, Tiles, Updates } from "/curves.js";
import { el } from "/dom.js";
import { Layers } from "/layers.js";
import { Checkpoints, Components, Log, Machine, Settings } from "/record.js";
import { RunStream } from "/stream.js";

const SECTIONS = [
  ["curves", "Curves"],
  ["layers", "Layers"],
  ["epochs", "Epochs"],
  ["settings", "Settings"],
  ["plugins", "Plugins"],
  ["checkpoints", "Checkpoints"],
  ["machine", "Machine"],
  ["log", "Log"],
];

/** Shows a run and follows it; returns what ends that. */
export function showRun(main, where, path) {
  const parts = {
    now: new Now(),
    tiles: new Tiles(),
    updates: new Updates(),
    curves: new Curves(),
    layers: new Layers(),
    epochs: new EpochTable(),
    settings: new Settings(),
    components: new Components(),
    checkpoints: new Checkpoints(),
    machine: new Machine(),
    log: new Log(),
  };
  const title = el("h1", {}, "Starting");
  const subtitle = el("p", { class: "subtitle" });
  const nav = el("nav", { "aria-label": "Parts of the page" }, SECTIONS.map(([id, name]) => el("button", { type: "button", onclick: () => jump(id) }, name)));
  main.append(
    el("div", { class: "title" }, title, subtitle),
    parts.now.element,
    parts.tiles.element,
    nav,
    parts.updates.element,
    parts.curves.element,
    parts.layers.element,
    parts.epochs.element,
    el("div", { class: "columns" }, parts.settings.element, el("div", {}, parts.components.element, parts.checkpoints.element), parts.machine.element),
    parts.log.element,
  );
  const connection = document.getElementById("connection");
  const epochs = new Map();
  let progress = { phase: "starting", epochs: 0, update: null };
  let frame = 0;
  let held = false;
  const problems = { details: [], history: [] };
  const sorted = () => [...epochs.values()].sort((a, b) => a.epoch - b.epoch);

  const stream = new RunStream(path, {
    connected(is) {
      connection.textContent = is ? "" : "No answer; trying again. What is shown is the last that was told.";
    },
    details(details) {
      const settings = details.settings ?? {};
      title.textContent = details.name;
      document.title = `${details.name} – Roundel`;
      const facts = [settings.model, settings.quantizer, settings.dataset, settings.seed ? `seed ${settings.seed}` : null];
      subtitle.textContent = facts.filter(Boolean).join(" · ");
      where.replaceChildren(path.includes("?") ? el("a", { href: "#" }, "All runs") : "");
      problems.details = details.problems ?? [];
      for (const part of [parts.settings, parts.components, parts.checkpoints, parts.machine]) {
        part.show(details);
      }
      held = Number(settings.validation ?? 0) > 0;
      parts.tiles.test(details.test ?? null);
      draw();
      warn();
    },
    history(part) {
      if (part.from === 0) {
        epochs.clear();
        problems.history = [];
      }
      part.epochs.forEach((epoch) => epochs.set(epoch.epoch, epoch));
      problems.history.push(...part.problems);
      draw();
      warn();
    },
    log(tail) {
      parts.log.show(tail);
    },
    updates(told) {
      parts.updates.show(told);
    },
    progress(told) {
      progress = told;
      document.body.dataset.phase = told.phase;
      parts.now.show(progress, sorted());
      if (told.phase === "gone") {
        connection.textContent = "The run's directory is no longer there. What is shown is the last that was told.";
      }
    },
  });

  /** A long history comes in many parts, and is drawn when there is time. */
  function draw() {
    if (frame === 0) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        const all = sorted();
        for (const view of [parts.tiles, parts.curves, parts.layers, parts.epochs]) {
          view.show(all, held);
        }
        parts.now.show(progress, all);
      });
    }
  }

  function warn() {
    parts.log.problems([...problems.details, ...problems.history]);
  }

  parts.now.show(progress, []);
  parts.tiles.show([], held);
  parts.curves.show([], held);
  parts.layers.show([]);
  return () => {
    stream.close();
    cancelAnimationFrame(frame);
    parts.updates.destroy();
    parts.curves.destroy();
    parts.layers.destroy();
    connection.textContent = "";
    document.title = "Roundel";
  };
}

function jump(id) {
  const target = document.getElementById(id);
  if (!target.hidden) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ behavior: calm ? "auto" : "smooth" });
    const heading = target.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
