// Which points are meant: the one under the pointer, or those within a box or a lasso.
const REACH = 9; // pixels from a point that still mean it

function chooseable(map, row) {
  return map.level[row] >= FADED;
}

// The row nearest to a place in pixels, or null where none is near.
function rowAt(map, across, down, reach = REACH) {
  const { data, lens } = map;
  let [found, least] = [null, reach * reach];
  for (let row = 0; row < data.n; row++) {
    const x = lens.across(data.places[2 * row] / 65535) - across;
    const y = lens.down(data.places[2 * row + 1] / 65535) - down;
    const distance = x * x + y * y;
    if (distance < least && chooseable(map, row)) [found, least] = [row, distance];
  }
  return found;
}

// Whether (x, y) lies within a polygon of pixels, by the even-odd rule.
function within(polygon, x, y) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [[u, v], [s, t]] = [polygon[i], polygon[j]];
    if (v > y !== t > y && x < ((s - u) * (y - v)) / (t - v) + u) inside = !inside;
  }
  return inside;
}

function rowsWithin(map, polygon) {
  const { data, lens } = map;
  const [across, down] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
  const rows = [];
  for (let row = 0; row < data.n; row++) {
    const x = lens.across(data.places[2 * row] / 65535);
    if (x < left || x > right) continue;
    const y = lens.down(data.places[2 * row + 1] / 65535);
    if (y >= top && y <= bottom && chooseable(map, row) && within(polygon, x, y)) rows.push(row);
  }
  return rows;
}

// What is drawn while a box or lasso is pulled.
function drawOutline(map, polygon) {
  map.outline.setAttribute("points", polygon.map((corner) => corner.join(",")).join(" "));
}

function boxOf([x, y], [u, v]) {
  return [[x, y], [u, y], [u, v], [x, v]];
}

// The line at the pointer: what the document is called, and the value that it is coloured by.
function drawHover(map, row, across, down) {
  const { data, tip } = map;
  tip.hidden = row === null;
  if (row === null) return;
  const scaled = data.scale && data.codes[row] < data.scale.colors.length;
  const one = data.classes[data.codes[row] - (data.scale ? data.scale.colors.length : 0)];
  const value = scaled ? `${data.scale.name} ${data.values[row].toLocaleString("en")}` : one && data.classes.length > 1 ? one.name : "";
  const name = data.names ? data.names[row] : `#${row.toLocaleString("en")}`;
  tip.replaceChildren(part("b", "", name), ...(value ? [part("span", "", value)] : []));
  const room = map.lens.width - tip.offsetWidth - 12;
  tip.style.left = `${Math.max(0, Math.min(across + 12, room))}px`;
  tip.style.top = `${down > 60 ? down - tip.offsetHeight - 10 : down + 14}px`;
}
