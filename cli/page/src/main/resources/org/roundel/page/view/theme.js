// Light, dark, or as the system has it; the choice is kept in the browser.

const KEY = "roundel-theme";
const listeners = new Set();

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function apply(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
  } else {
    delete document.documentElement.dataset.theme;
  }
  listeners.forEach((listener) => listener());
}

export function startTheme(select) {
  const chosen = ["light", "dark"].includes(stored()) ? stored() : "";
  select.value = chosen;
  apply(chosen);
  select.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, select.value);
    } catch {
      // Then it holds until the page is left.
    }
    apply(select.value);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    listeners.forEach((listener) => listener()),
  );
}

/** Calls back when other colors hold; returns what ends that. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const probe = document.createElement("span");
probe.hidden = true;

/** Returns a color of the style sheet as a canvas takes it. */
export function color(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}
