export function name() {
  // ruleid: js-random-string
  return Math.random().toString(36).slice(2);
}

export function letters(count) {
  let text = "";
  for (let i = 0; i < count; i++) {
    // ruleid: js-random-string
    text += ALPHABET.charAt(Math.floor(Math.random() * ALPHABET.length));
  }
  return text;
}

export function uuid() {
  // ruleid: js-random-string
  return "xxxx".replace(/x/g, () => ((Math.random() * 16) | 0).toString(16));
}

export function fine(colours, min, max) {
  // ok: js-random-string
  const colour = colours[Math.floor(Math.random() * colours.length)];
  // ok: js-random-string
  const width = Math.random() * (max - min) + min;
  // ok: js-random-string
  const id = crypto.randomUUID();
  // Math.random().toString(36) is no secret
  return [colour, width, id];
}
