// Points are stamped into the picture's own bytes: 50,000 take some milliseconds on any processor,
// and none of the few WebGL contexts that a browser has.
const INSIDE = {
  circle: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.86,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= 1.2,
  "triangle-up": (x, y) => y <= 0.75 && y >= 1.75 * Math.abs(x) - 1,
  "triangle-down": (x, y) => y >= -0.75 && y <= 1 - 1.75 * Math.abs(x),
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.36 && Math.max(Math.abs(x), Math.abs(y)) <= 1,
  star: (x, y) => INSIDE["triangle-up"](x * 0.95, y * 0.95) || INSIDE["triangle-down"](x * 0.95, y * 0.95),
  hexagon: (x, y) => Math.abs(x) <= 0.87 && Math.abs(x) * 0.577 + Math.abs(y) <= 1,
  "circle-open": (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.4,
  x: (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) <= 0.28 && Math.max(Math.abs(x), Math.abs(y)) <= 1,
};
const SMALLEST_SHAPE = 4; // pixels: smaller ones look alike, whatever they are
const SAMPLES = 4;
const STAMPS = new Map();

// The cover, 0 to 255, of each pixel of a square around a point.
function stamp(symbol, diameter) {
  const shape = diameter < SMALLEST_SHAPE && symbol !== "x" ? "circle" : symbol;
  const size = Math.round(diameter * 2) / 2;
  const key = `${shape} ${size}`;
  if (STAMPS.has(key)) return STAMPS.get(key);
  const width = Math.ceil(size) + 1;
  const cover = new Uint8Array(width * width);
  const inside = INSIDE[shape] || INSIDE.circle;
  for (let pixel = 0; pixel < cover.length; pixel++) {
    let hits = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = (pixel % width) + ((sample % SAMPLES) + 0.5) / SAMPLES - width / 2;
      const y = Math.floor(pixel / width) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - width / 2;
      hits += inside((2 * x) / size, (2 * y) / size);
    }
    cover[pixel] = (255 * hits) / (SAMPLES * SAMPLES);
  }
  const made = { width, cover };
  STAMPS.set(key, made);
  return made;
}

// Press a stamp of one colour on an opaque picture, its middle at (x, y).
function press(picture, { width, cover }, x, y, [red, green, blue], opacity) {
  const left = Math.round(x - width / 2), top = Math.round(y - width / 2);
  if (left < 0 || top < 0 || left + width > picture.width || top + width > picture.height) return;
  const bytes = picture.data, strength = Math.round(opacity * 257);
  for (let line = 0, from = 0; line < width; line++) {
    let at = 4 * ((top + line) * picture.width + left);
    for (let column = 0; column < width; column++, from++, at += 4) {
      const alpha = cover[from] * strength;
      if (!alpha) continue;
      bytes[at] += ((red - bytes[at]) * alpha) / 65535;
      bytes[at + 1] += ((green - bytes[at + 1]) * alpha) / 65535;
      bytes[at + 2] += ((blue - bytes[at + 2]) * alpha) / 65535;
    }
  }
}

const COLORS = new Map();

// Red, green and blue of any colour that the browser knows.
function rgb(color) {
  if (!COLORS.has(color)) {
    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    COLORS.set(color, Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3)));
  }
  return COLORS.get(color);
}
