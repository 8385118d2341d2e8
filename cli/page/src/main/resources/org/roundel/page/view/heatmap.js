// Colored cells on a canvas: rows from above, columns from the left.

import { color, onTheme } from "/theme.js";

function rgb(text) {
  return text.match(/[\d.]+/g).slice(0, 3).map(Number);
}

/** Mixes from the surface to the strong color; a root makes what is small visible. */
export function ramp(name = "heat") {
  const from = rgb(color("cell"));
  const to = rgb(color(name));
  return (share) => {
    const part = Math.sqrt(Math.min(1, Math.max(0, share)));
    return `rgb(${from.map((v, i) => Math.round(v + (to[i] - v) * part)).join(" ")})`;
  };
}

export class Heatmap {
  #canvas = document.createElement("canvas");
  #rows = [];
  #rowHeight;
  #selected = { row: -1, column: -1 };
  #observer = new ResizeObserver(() => this.#draw());
  #endTheme = onTheme(() => this.#draw());

  /** Calls back with the row and column under the pointer, and with those that are clicked. */
  constructor({ rowHeight, label, onhover, onchoose }) {
    this.#rowHeight = rowHeight;
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", label);
    this.#canvas.className = "heatmap";
    this.#observer.observe(this.#canvas);
    this.#canvas.addEventListener("pointermove", (event) => onhover?.(this.#at(event)));
    this.#canvas.addEventListener("pointerleave", () => onhover?.(null));
    this.#canvas.addEventListener("click", (event) => {
      const place = this.#at(event);
      if (place) {
        onchoose?.(place);
      }
    });
  }

  get element() {
    return this.#canvas;
  }

  /** Shows rows of numbers, null where there is none; the largest gets the strongest color. */
  set(rows, selected) {
    this.#rows = rows;
    this.#selected = selected;
    this.#draw();
  }

  destroy() {
    this.#observer.disconnect();
    this.#endTheme();
  }

  #columns() {
    return this.#rows.reduce((most, row) => Math.max(most, row.length), 0);
  }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    const columns = this.#columns();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const row = Math.floor((event.clientY - box.top) / this.#rowHeight);
    return row >= 0 && row < this.#rows.length && column >= 0 && column < columns ? { row, column } : null;
  }

  #draw() {
    const columns = this.#columns();
    const ratio = window.devicePixelRatio || 1;
    const height = this.#rows.length * this.#rowHeight;
    if (this.#canvas.style.height !== `${height}px`) {
      this.#canvas.style.height = `${height}px`;
    }
    const width = this.#canvas.clientWidth;
    if (width === 0 || columns === 0) {
      return;
    }
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const context = this.#canvas.getContext("2d");
    context.scale(ratio, ratio);
    const most = this.#rows.flat().reduce((a, b) => (b !== null && b > a ? b : a), 0);
    const shade = ramp();
    const cell = width / columns;
    const gap = cell > 6 ? 1 : 0;
    this.#rows.forEach((row, y) => {
      row.forEach((value, x) => {
        if (value !== null) {
          context.fillStyle = shade(most === 0 ? 0 : value / most);
          context.fillRect(x * cell, y * this.#rowHeight, cell - gap + (gap ? 0 : 0.5), this.#rowHeight - 1);
        }
      });
    });
    this.#outline(context, cell, width, height);
  }

  #outline(context, cell, width, height) {
    context.strokeStyle = color("text");
    context.lineWidth = 1;
    const { row, column } = this.#selected;
    if (column >= 0) {
      context.strokeRect(column * cell + 0.5, 0.5, Math.max(1, cell - 1), height - 2);
    }
    if (row >= 0) {
      context.strokeRect(0.5, row * this.#rowHeight + 0.5, width - 1, this.#rowHeight - 2);
    }
  }
}
