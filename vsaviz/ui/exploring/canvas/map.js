// The map of Explore. Points come once, as bytes; what is marked among them comes apart, and is light.
const MAPS = new Map();
const MARKS = new Map();
const LENSES = new Map();
const UNMARKED = { selected: null, kept: null, lit: null, marked: null, focus: null, neighbors: [], count: 0 };
const KEYS = "Arrows move it, plus and minus zoom, Enter reads the document in the middle, Escape clears the selection.";
const BUTTONS = [
  ["move", "Move the map (P)", "M8 1v14M1 8h14M8 1l-2 2m2-2l2 2M8 15l-2-2m2 2l2-2M1 8l2-2m-2 2l2 2M15 8l-2-2m2 2l-2 2"],
  ["box", "Select with a box (B)", "M2 3h12v10h-12z"],
  ["lasso", "Select with a lasso (L)", "M8 2c4 0 6 2 6 4s-3 4-6 4-6-1-6-4 2-4 6-4M6 10c0 2 1 2 0 4"],
  ["closer", "Closer (+)", "M8 2v12M2 8h12"],
  ["farther", "Farther (−)", "M2 8h12"],
  ["all", "See all (0)", "M2 6v-4h4M10 2h4v4M14 10v4h-4M6 14h-4v-4"],
];

class Canvas {
  constructor(parent) {
    this.root = part("div", "vz-map");
    this.frame = part("div", "vz-map-frame");
    this.canvas = part("canvas", "vz-map-canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.tip = part("div", "vz-map-tip");
    this.tip.hidden = true;
    this.legend = part("div", "vz-map-legend");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "vz-map-outline");
    this.outline = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "polygon"));
    this.frame.append(this.canvas, svg, this.tip, this.toolbar());
    this.root.append(this.frame, this.legend);
    parent.append(this.root);
    [this.lens, this.marks, this.hidden, this.waiting] = [new Lens(), UNMARKED, new Set(), new Map()];
    this.turn("move");
    listenToPointer(this);
    listenToKeys(this);
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.frame);
    this.root.map = this; // for those who look from outside, such as tests
  }
  toolbar() {
    const bar = part("div", "vz-map-tools");
    for (const [name, title, path] of BUTTONS) {
      const button = part("button", "");
      button.type = "button";
      button.title = title;
      button.setAttribute("aria-label", title);
      button.dataset.tool = name;
      button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
      button.onclick = () => this.use(name);
      bar.append(button);
    }
    return bar;
  }
  use(name) {
    if (name in MODES) this.turn(name);
    else this.moved(() => (name === "all" ? this.lens.reset() : this.lens.closer(name === "closer" ? 1.4 : 1 / 1.4)));
  }
  turn(mode) {
    this.mode = this.root.dataset.mode = mode;
    for (const button of this.frame.querySelectorAll("[data-tool]"))
      if (button.dataset.tool in MODES) button.setAttribute("aria-pressed", String(button.dataset.tool === mode));
  }
  show(data) {
    const before = this.data;
    this.data = data;
    if (!LENSES.has(data.key)) LENSES.set(data.key, new Lens());
    this.lens = LENSES.get(data.key);
    if (!before || before.coloring !== data.coloring) this.hidden = new Set();
    drawLegend(this);
    this.mark(MARKS.get(data.map));
  }
  mark(marks) {
    const fits = marks && this.data && marks.n === this.data.n;
    const n = fits ? marks.n : 0;
    if (fits) {
      this.frame.style.height = `${marks.height}px`;
      this.canvas.setAttribute("aria-label", `${marks.alt}. ${KEYS}`);
    }
    this.marks = !fits ? UNMARKED : {
      ...marks, selected: rowsIn(marks.selected, n), kept: rowsIn(marks.kept, n),
      lit: rowsIn(marks.lit, n), marked: rowsIn(marks.marked, n),
    };
    this.draw();
  }
  hide(names) {
    this.hidden = new Set(names);
    drawHidden(this);
    this.draw();
  }
  moved(how) {
    how();
    drawHover(this, null);
    this.draw();
  }
  choose(row) {
    this.tell([row], "point");
    this.marks = { ...this.marks, focus: row, neighbors: [] }; // at once; the app says the rest
    this.draw();
  }
  select(rows, more) {
    const held = more && this.marks.selected;
    const all = held ? [...new Set([...rows, ...held.keys()].filter((row, i) => i < rows.length || held[row]))] : rows;
    this.tell(all, all.length === 1 ? "point" : "area");
    const selected = all.length > 1 ? new Uint8Array(this.data.n) : null;
    all.forEach((row) => selected && (selected[row] = 1));
    this.marks = { ...this.marks, selected, count: all.length };
    this.draw();
  }
  // Do once in the next frame, however often it is asked for until then.
  later(name, what) {
    if (!this.waiting.size) requestAnimationFrame(() => {
      const all = [...this.waiting.values()];
      this.waiting.clear();
      all.forEach((one) => one());
    });
    this.waiting.set(name, what);
  }
  draw() {
    if (this.data) this.later("draw", () => this.drawNow());
  }
  drawNow() {
    const [width, height] = [this.frame.clientWidth, this.frame.clientHeight];
    if (!width || !height) return;
    const began = performance.now();
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const [wide, high] = [Math.round(width * this.ratio), Math.round(height * this.ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) [this.canvas.width, this.canvas.height] = [wide, high];
    this.lens.frame(width, height, this.data.extent);
    this.inks = inksOf(this.root);
    this.level = levels(this);
    drawScene(this);
    this.drawn = (this.drawn || 0) + 1;
    this.took = performance.now() - began;
  }
  // Where on the screen the points lie, by row; for tests and measurements.
  places() {
    const frame = this.canvas.getBoundingClientRect();
    const { places, n } = this.data;
    return Object.fromEntries(Array.from({ length: n }, (_, row) => [row, [
      frame.left + this.lens.across(places[2 * row] / 65535), frame.top + this.lens.down(places[2 * row + 1] / 65535)]]));
  }
  selectedRows() {
    return this.marks.selected && Array.from(this.marks.selected.keys()).filter((row) => this.marks.selected[row]);
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!(data instanceof Uint8Array)) {
    MARKS.set(data.map, data);
    MAPS.get(data.map)?.mark(data);
    return;
  }
  const map = (parentElement.map ||= new Canvas(parentElement));
  map.tell = (rows, how) => setTriggerValue("picked", { rows, how });
  if (map.bytes === data) return map.draw(); // only the theme has changed
  map.bytes = data;
  const shown = unpacked(data);
  MAPS.set(shown.map, map);
  map.show(shown);
  return () => {
    map.watch.disconnect();
    if (MAPS.get(map.data.map) === map) MAPS.delete(map.data.map);
  };
}
