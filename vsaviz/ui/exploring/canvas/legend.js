// The legend: classes are buttons that hide and show their points, a scale is a bar with its ends.
function part(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function swatch({ color, symbol }) {
  const canvas = part("canvas", "vz-map-swatch");
  canvas.width = canvas.height = 24;
  const context = canvas.getContext("2d");
  const { width, cover } = stamp(symbol, 20);
  const image = context.createImageData(width, width);
  cover.forEach((alpha, pixel) => image.data.set([...rgb(color), alpha], 4 * pixel));
  context.putImageData(image, (24 - width) / 2, (24 - width) / 2);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

function classButton(map, one) {
  const button = part("button", "vz-map-class");
  button.type = "button";
  button.append(swatch(one), part("span", "", `${one.name} (${one.count.toLocaleString("en")})`));
  const off = () => map.hidden.has(one.name);
  button.title = "Click: hide or show. Double click: only this one, or all.";
  button.onclick = () => map.hide(off() ? [...map.hidden].filter((name) => name !== one.name) : [...map.hidden, one.name]);
  button.ondblclick = () => {
    const others = map.data.classes.map(({ name }) => name).filter((name) => name !== one.name);
    map.hide(map.hidden.size === others.length && !off() ? [] : others);
  };
  button.dataset.name = one.name;
  button.setAttribute("aria-pressed", String(!off()));
  return button;
}

function scaleBar({ name, low, high, colors }) {
  const bar = part("span", "vz-map-bar");
  bar.style.background = `linear-gradient(to right, ${colors.join(", ")})`;
  const whole = part("span", "vz-map-scale");
  whole.append(part("span", "", name), part("span", "vz-map-end", low), bar, part("span", "vz-map-end", high));
  return whole;
}

function drawLegend(map) {
  const { classes, scale, sizes } = map.data;
  const shown = [];
  if (scale) shown.push(scaleBar(scale));
  if (classes.length > (scale ? 0 : 1)) shown.push(...classes.map((one) => classButton(map, one)));
  if (sizes) shown.push(part("span", "vz-map-scale", `size: ${sizes.name}, ${sizes.low} to ${sizes.high}`));
  map.legend.replaceChildren(...shown);
}

// A button stays the same element: a double click needs both of its clicks on one.
function drawHidden(map) {
  for (const button of map.legend.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(!map.hidden.has(button.dataset.name)));
}
