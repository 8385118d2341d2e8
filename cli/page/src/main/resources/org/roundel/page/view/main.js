// Starts the page: one run, or the runs of a directory.

import { el } from "/dom.js";
import { showRun } from "/run.js";
import { showRuns } from "/runs.js";
import { startTheme } from "/theme.js";

const main = document.getElementById("main");
const where = document.getElementById("where");
let leave = () => {};

function route(view) {
  leave();
  main.replaceChildren();
  const named = location.hash.match(/^#run=([^&]+)/);
  if (view.view === "run") {
    leave = showRun(main, where, "/api/events");
  } else if (named) {
    const name = decodeURIComponent(named[1]);
    leave = showRun(main, where, `/api/events?run=${encodeURIComponent(name)}`);
    window.scrollTo(0, 0);
  } else {
    where.replaceChildren(view.directory);
    leave = showRuns(main);
  }
}

startTheme(document.getElementById("theme"));
try {
  const view = await (await fetch("/api/view")).json();
  route(view);
  let shown = location.hash.startsWith("#run=") ? location.hash : "";
  addEventListener("hashchange", () => {
    const wanted = location.hash.startsWith("#run=") ? location.hash : "";
    if (view.view === "runs" && wanted !== shown) {
      shown = wanted;
      route(view);
      main.focus({ preventScroll: true });
    }
  });
} catch (failed) {
  main.replaceChildren(el("p", { class: "note" }, `Roundel does not answer: ${failed.message}`));
}
