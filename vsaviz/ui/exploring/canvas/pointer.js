// Mouse, finger and keys.
const STILL = 4; // pixels that a click may move
const STEP = 60;
const MODES = { move: "p", box: "b", lasso: "l" };

function spot(map, event) {
  const frame = map.canvas.getBoundingClientRect();
  return [event.clientX - frame.left, event.clientY - frame.top];
}

function listenToPointer(map) {
  let pulled = null; // where the press began, and the way since
  map.canvas.onpointerdown = (event) => {
    if (event.button !== 0) return;
    map.canvas.setPointerCapture(event.pointerId);
    pulled = { way: [spot(map, event)], far: false };
    drawHover(map, null);
  };
  map.canvas.onpointermove = (event) => {
    const at = spot(map, event);
    if (!pulled) return map.later("hover", () => drawHover(map, rowAt(map, ...at), ...at));
    const [from, last] = [pulled.way[0], pulled.way[pulled.way.length - 1]];
    pulled.far ||= Math.hypot(at[0] - from[0], at[1] - from[1]) > STILL;
    pulled.way.push(at);
    if (!pulled.far) return;
    if (map.mode === "move") map.moved(() => map.lens.move(at[0] - last[0], at[1] - last[1]));
    else drawOutline(map, map.mode === "box" ? boxOf(from, at) : pulled.way);
  };
  map.canvas.onpointerup = (event) => {
    if (!pulled) return;
    const [at, { way, far }] = [spot(map, event), pulled];
    pulled = null;
    drawOutline(map, []);
    if (!far) {
      const row = rowAt(map, ...at);
      if (row !== null) map.choose(row);
    } else if (map.mode !== "move") {
      map.select(rowsWithin(map, map.mode === "box" ? boxOf(way[0], at) : way), event.shiftKey);
    }
  };
  map.canvas.onpointercancel = () => {
    pulled = null;
    drawOutline(map, []);
  };
  map.canvas.onpointerleave = () => map.later("hover", () => drawHover(map, null));
  map.canvas.ondblclick = () => map.moved(() => map.lens.reset());
  const turned = (event) => {
    event.preventDefault();
    const at = spot(map, event);
    map.moved(() => map.lens.closer(Math.exp(-Math.max(-200, Math.min(200, event.deltaY)) / 300), ...at));
  };
  map.canvas.addEventListener("wheel", turned, { passive: false });
}

function listenToKeys(map) {
  const moves = {
    ArrowLeft: () => map.lens.move(STEP, 0), ArrowRight: () => map.lens.move(-STEP, 0),
    ArrowUp: () => map.lens.move(0, STEP), ArrowDown: () => map.lens.move(0, -STEP),
    "+": () => map.lens.closer(1.4), "=": () => map.lens.closer(1.4), "-": () => map.lens.closer(1 / 1.4),
    0: () => map.lens.reset(), Home: () => map.lens.reset(),
  };
  const centre = () => [map.lens.width / 2, map.lens.height / 2];
  map.canvas.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const mode = Object.keys(MODES).find((name) => MODES[name] === event.key.toLowerCase());
    if (moves[event.key]) {
      map.moved(moves[event.key]);
      map.later("hover", () => drawHover(map, rowAt(map, ...centre(), Infinity), ...centre()));
    } else if (event.key === "Enter") {
      const row = rowAt(map, ...centre(), Infinity);
      if (row !== null) map.choose(row);
    } else if (event.key === "Escape") map.select([], false);
    else if (mode) map.turn(mode);
    else return;
    event.preventDefault();
  };
}
