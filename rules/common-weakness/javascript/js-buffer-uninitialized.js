export function copy(text, length, packet, offset) {
  // ruleid: js-buffer-uninitialized
  const room = Buffer.allocUnsafe(length);
  // ruleid: js-buffer-uninitialized
  const old = new Buffer(text);
  // ruleid: js-buffer-uninitialized
  const port = packet.readUInt16BE(offset, true);
  // ok: js-buffer-uninitialized
  const clean = Buffer.alloc(length);
  // ok: js-buffer-uninitialized
  const bytes = Buffer.from(text, "utf8");
  // ok: js-buffer-uninitialized
  const zeros = Buffer.allocUnsafe(length).fill(0);
  // ok: js-buffer-uninitialized
  const next = packet.readUInt16BE(offset);
  // new Buffer(length) was removed long ago
  return [room, old, port, clean, bytes, zeros, next];
}
