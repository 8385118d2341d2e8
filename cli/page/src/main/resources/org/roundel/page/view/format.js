// Numbers as the terminal writes them, so that both say the same.

const counts = new Intl.NumberFormat("en-US");

function finite(value, format) {
  return typeof value === "number" && Number.isFinite(value) ? format(value) : String(value);
}

export const count = (value) => finite(value, (v) => counts.format(v));

export const percent = (value) => finite(value, (v) => `${(v * 100).toFixed(2)} %`);

export const points = (value) =>
  finite(value, (v) => `${v > 0 ? "+" : v < 0 ? "−" : "±"}${Math.abs(v * 100).toFixed(2)}`);

export const loss = (value) => finite(value, (v) => (v < 10000 ? v.toFixed(4) : v.toExponential(2)));

export const small = (value) =>
  finite(value, (v) => (v === 0 ? "0" : Math.abs(v) < 0.001 ? v.toExponential(2) : v.toFixed(4)));

export function rate(value) {
  return finite(value, (v) => {
    if (v !== 0 && Math.abs(v) < 0.001) {
      return v.toExponential(2).replace(/\.?0*e/, "e").replace(/e([+-])(\d)$/, "e$10$2");
    }
    return v.toFixed(4).replace(/\.?0+$/, "");
  });
}

export const speed = (value) =>
  finite(value, (v) => (v < 9.995 ? v.toFixed(2) : v < 99.95 ? v.toFixed(1) : counts.format(Math.round(v))));

export function duration(value) {
  return finite(value, (seconds) => {
    if (seconds < 9.95) {
      return `${seconds.toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    const two = (part) => String(part).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours === 0
      ? `${minutes}:${two(whole % 60)}`
      : `${hours}:${two(minutes)}:${two(whole % 60)}`;
  });
}

export function bytes(value) {
  return finite(value, (length) => {
    if (length < 1000) {
      return `${length} B`;
    }
    const units = ["kB", "MB", "GB", "TB"];
    let shown = length / 1000;
    let unit = 0;
    while (shown >= 999.95 && unit < units.length - 1) {
      shown /= 1000;
      unit++;
    }
    return `${shown.toFixed(1)} ${units[unit]}`;
  });
}

/** A moment in the reader's own time zone. */
export function moment(value) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) {
    return String(value);
  }
  const two = (part) => String(part).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** What JSON has as text because it is not finite is no number for a chart. */
export const plotted = (value) => (typeof value === "number" && Number.isFinite(value) ? value : null);
