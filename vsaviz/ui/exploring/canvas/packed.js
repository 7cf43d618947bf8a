// What the server packed: a header as JSON, then arrays, each beginning at a multiple of four bytes.
function unpacked(bytes) {
  const whole = bytes.slice(); // its own buffer, so that arrays may be views of it
  const length = new DataView(whole.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + length)));
  const types = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };
  let offset = 4 + length;
  for (const { name, type, length } of header.arrays) {
    offset = Math.ceil(offset / 4) * 4;
    header[name] = new types[type](whole.buffer, offset, length);
    offset += header[name].byteLength;
  }
  return header;
}

// Rows as a mask of bits in base64, the lowest first; null is no rows.
function rowsIn(mask, n) {
  if (mask === null || mask === undefined) return null;
  const bytes = Uint8Array.from(atob(mask), (letter) => letter.charCodeAt(0));
  const held = new Uint8Array(n);
  for (let row = 0; row < n; row++) held[row] = (bytes[row >> 3] >> (row & 7)) & 1;
  return held;
}
