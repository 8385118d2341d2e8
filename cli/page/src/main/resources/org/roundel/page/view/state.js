// What is chosen in the table of runs, in the address, so that it can be kept and sent on.

const KEY = "roundel-runs";

/** Reads it from the address, or as it was before a run was opened. */
export function readState() {
  let text = location.hash.slice(1);
  if (!text) {
    try {
      text = sessionStorage.getItem(KEY) ?? "";
    } catch {
      text = "";
    }
  }
  const given = new URLSearchParams(text);
  return {
    filter: given.get("filter") ?? "",
    sort: given.get("sort") ?? "changed",
    down: (given.get("down") ?? "true") === "true",
    chosen: [...new Set(given.getAll("chosen"))],
    baseline: given.get("baseline") ?? "",
    measure: given.get("measure") ?? "test-error",
    seeds: given.get("seeds") === "true",
  };
}

export function writeState(state) {
  const text = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== "" && one !== false) {
        text.append(key, one);
      }
    }
  }
  if (!state.down) {
    text.set("down", "false");
  }
  history.replaceState(null, "", `#${text}`);
  try {
    sessionStorage.setItem(KEY, String(text));
  } catch {
    // Then the address alone has it.
  }
}
