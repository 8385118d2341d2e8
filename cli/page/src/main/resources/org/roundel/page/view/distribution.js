// How a layer's weights are distributed, as bars, and the values of the grid that they sit on.

import { el } from "/dom.js";
import { color } from "/theme.js";
import * as format from "/format.js";

const HEIGHT = 150;
const FOOT = 18;

/** Draws bars over the range that all epochs have in common, and a mark for each quantized value. */
export function drawDistribution(canvas, distribution, range, small) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth || (small ? 110 : 400);
  const height = small ? 22 : HEIGHT;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  if (!distribution) {
    return;
  }
  const base = small ? height : height - FOOT;
  const span = range[1] - range[0] || 1;
  const place = (value) => ((value - range[0]) / span) * width;
  const { from, to, counts } = distribution;
  const most = Math.max(1, ...counts);
  const step = (to - from) / counts.length;
  context.fillStyle = color("bar");
  counts.forEach((count, index) => {
    const left = place(from + index * step);
    const right = step === 0 ? left + 2 : place(from + (index + 1) * step);
    const tall = (count / most) * (base - 2);
    context.fillRect(left, base - tall, Math.max(1, right - left - (small ? 0 : 0.5)), tall);
  });
  context.strokeStyle = color("grid-mark");
  context.lineWidth = small ? 1 : 1.5;
  context.setLineDash(small ? [] : [4, 3]);
  for (const { value } of distribution.values) {
    const x = Math.min(width - 1, Math.max(1, place(value)));
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, base);
    context.stroke();
  }
  context.setLineDash([]);
  if (!small) {
    drawFoot(context, range, width, base);
  }
}

function drawFoot(context, range, width, base) {
  context.strokeStyle = color("line");
  context.beginPath();
  context.moveTo(0, base + 0.5);
  context.lineTo(width, base + 0.5);
  context.stroke();
  context.fillStyle = color("muted");
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "bottom";
  [range[0], (range[0] + range[1]) / 2, range[1]].forEach((value, index) => {
    context.textAlign = ["left", "center", "right"][index];
    context.fillText(Number(value.toPrecision(3)), (width * index) / 2, base + FOOT);
  });
}

/** The range of a layer's weights over all epochs, so that bars can be compared. */
export function commonRange(distributions) {
  const there = distributions.filter(Boolean);
  const edges = there.flatMap((one) => [one.from, one.to, ...one.values.map(({ value }) => value)]);
  return edges.length === 0 ? [-1, 1] : [edges.reduce((a, b) => Math.min(a, b)), edges.reduce((a, b) => Math.max(a, b))];
}

/** The shares of the quantized values, in words. */
export function shares(distribution, weights) {
  return (distribution?.values ?? []).map(({ value, count }) =>
    el(
      "li",
      {},
      el("data", { value: String(value) }, Number(value.toPrecision(4)).toString().replace("-", "−")),
      " ",
      el("data", { value: String(count) }, weights ? format.percent(count / weights) : format.count(count)),
    ),
  );
}
