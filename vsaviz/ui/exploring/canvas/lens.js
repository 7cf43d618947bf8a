// Which part of the plane is seen: places are 0 to 1 both ways, y upwards, on one scale.
const CLOSEST = 80;
const MARGIN = 0.93;

class Lens {
  constructor() {
    this.reset();
  }
  reset() {
    [this.zoom, this.x, this.y] = [1, 0.5, 0.5];
  }
  // Fit the extent of all points to a frame in pixels.
  frame(width, height, [wide, high]) {
    [this.width, this.height] = [width, height];
    this.fit = MARGIN * Math.min(width / Math.max(wide, 1e-6), height / Math.max(high, 1e-6));
    this.fit = Math.min(this.fit, 40 * Math.max(width, height));
  }
  get scale() {
    return this.fit * this.zoom;
  }
  across(x) {
    return this.width / 2 + (x - this.x) * this.scale;
  }
  down(y) {
    return this.height / 2 - (y - this.y) * this.scale;
  }
  move(across, down) {
    this.x -= across / this.scale;
    this.y += down / this.scale;
  }
  // Zoom by a factor; the place under (across, down) stays where it is.
  closer(factor, across = this.width / 2, down = this.height / 2) {
    const [right, below] = [across - this.width / 2, down - this.height / 2];
    this.move(-right, -below);
    this.zoom = Math.min(CLOSEST, Math.max(0.5, this.zoom * factor));
    this.move(right, below);
  }
}
