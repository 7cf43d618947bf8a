// The picture: density beneath, faded points, points, what is lit and misplaced, rings on top.
const HIDDEN = 0, FAINT = 1, FADED = 2, CLEAR = 3;
const STRENGTH = [0, 0.05, 0.12, 1]; // of a point's opacity, by level
const OUTLINED_AT_MOST = 600; // chosen points that get a ring each: more would be one dark heap
const DENSEST = 0.34;

// How each point is drawn: hidden by the legend, faint by a filter, faded by a selection, or clear.
function levels({ data, marks, hidden }) {
  const level = new Uint8Array(data.n).fill(CLEAR);
  const off = data.classes.map(({ name }) => hidden.has(name));
  const stressed = marks.selected || marks.lit;
  for (let row = 0; row < data.n; row++) {
    const missing = data.codes[row] - (data.scale ? data.scale.colors.length : 0);
    if (missing >= 0 && off[missing]) level[row] = HIDDEN;
    else if (marks.kept && !marks.kept[row]) level[row] = FAINT;
    else if (stressed && !stressed[row] && !(marks.lit && marks.lit[row])) level[row] = FADED;
  }
  for (const row of [...marks.neighbors, ...(marks.focus === null ? [] : [marks.focus])])
    if (level[row] === FADED) level[row] = CLEAR;
  return level;
}

function inksOf(element) {
  const style = getComputedStyle(element);
  const named = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return { paper: named("--st-background-color", "#ffffff"), ink: named("--st-text-color", "#1f2933") };
}

// The density as a picture of its own, stretched and smoothed when it is drawn.
function densityPicture({ density, grid }, ink) {
  if (!grid) return null;
  const canvas = new OffscreenCanvas(grid.width, grid.height);
  const image = canvas.getContext("2d").createImageData(grid.width, grid.height);
  density.forEach((value, cell) => {
    const line = grid.height - 1 - Math.floor(cell / grid.width); // the first line of cells is the lowest
    image.data.set([...rgb(ink), value * DENSEST], 4 * (line * grid.width + (cell % grid.width)));
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function drawDensity(map, context, ratio) {
  const { grid } = map.data;
  const { paper, ink } = map.inks;
  if (!grid) return;
  const key = `${map.data.key} ${paper} ${ink}`;
  if (map.densityOf !== key) [map.densityOf, map.densityPicture] = [key, densityPicture(map.data, ink)];
  const [left, top] = [map.lens.across(grid.left), map.lens.down(grid.top)];
  const [wide, high] = [(grid.right - grid.left) * map.lens.scale, (grid.top - grid.bottom) * map.lens.scale];
  context.imageSmoothingEnabled = true;
  context.globalAlpha = map.marks.selected || map.marks.lit ? 0.5 : 1;
  context.drawImage(map.densityPicture, left * ratio, top * ratio, wide * ratio, high * ratio);
  context.globalAlpha = 1;
}

const SIZES = 16; // steps of size, where points have sizes

// The stamps of each look in each size, and a wider one that outlines it: looked up, never made, per point.
function stampsOf({ data, lens, ratio }, looks, wider) {
  const grown = data.size * Math.min(2.2, lens.zoom ** 0.4) * ratio; // a little with the zoom
  const sizes = data.relative
    ? Array.from({ length: SIZES }, (_, step) => data.sizes.from + ((data.sizes.to - data.sizes.from) * step) / (SIZES - 1))
    : [1];
  return looks.map(({ symbol }) => sizes.map((size) => stamp(symbol, size * Math.max(grown, 0.5) + wider * ratio)));
}

function drawPoints(map, picture, ratio) {
  const { data, marks, lens, level } = map;
  const looks = [...(data.scale ? data.scale.colors.map((color) => ({ color, symbol: "circle" })) : []), ...data.classes];
  const colors = looks.map(({ color }) => rgb(color));
  const [usual, stressed, outlines] = [0, 1, 3.4].map((wider) => stampsOf(map, looks, wider));
  const cross = stamp("x", (data.size + 4) * ratio);
  const ink = rgb(map.inks.ink);
  const outlined = marks.lit || (marks.selected && marks.count <= OUTLINED_AT_MOST ? marks.selected : null);
  const strength = STRENGTH.map((share) => share * (marks.selected ? 1 : data.opacity));
  const [scale, left, top] = [lens.scale * ratio, lens.across(0) * ratio, lens.down(0) * ratio];
  const put = (row) => {
    const x = left + (data.places[2 * row] / 65535) * scale;
    const y = top - (data.places[2 * row + 1] / 65535) * scale;
    if (x < 0 || y < 0 || x > picture.width || y > picture.height) return;
    const look = data.codes[row];
    const size = data.relative ? (data.relative[row] * (SIZES - 1) + 127) >> 8 : 0;
    const clear = level[row] === CLEAR;
    if (clear && outlined && outlined[row]) {
      press(picture, outlines[look][size], x, y, ink, 1);
      press(picture, stressed[look][size], x, y, colors[look], 1);
    } else press(picture, usual[look][size], x, y, colors[look], strength[level[row]]);
    if (clear && marks.marked && marks.marked[row]) press(picture, cross, x, y, ink, 0.9);
  };
  for (let row = 0; row < data.n; row++) if (level[row] === FAINT || level[row] === FADED) put(row);
  for (let row = 0; row < data.n; row++) if (level[row] === CLEAR) put(row);
}

function ring(map, context, row, reach, width, ratio) {
  const { places } = map.data;
  const [x, y] = [map.lens.across(places[2 * row] / 65535), map.lens.down(places[2 * row + 1] / 65535)];
  context.beginPath();
  context.arc(x * ratio, y * ratio, (map.data.size / 2 + reach) * ratio, 0, 2 * Math.PI);
  context.lineWidth = width * ratio;
  context.strokeStyle = map.inks.ink;
  context.stroke();
}

function drawScene(map) {
  const ratio = map.ratio;
  const canvas = map.canvas;
  const context = map.context;
  context.fillStyle = map.inks.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawDensity(map, context, ratio);
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  drawPoints(map, picture, ratio);
  context.putImageData(picture, 0, 0);
  for (const row of map.marks.neighbors) ring(map, context, row, 3, 1.25, ratio);
  if (map.marks.focus !== null) ring(map, context, map.marks.focus, 5, 2.5, ratio);
}
