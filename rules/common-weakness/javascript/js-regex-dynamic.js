export function find(text, word, parts) {
  // ruleid: js-regex-dynamic
  const first = new RegExp(word, "i").test(text);
  // ruleid: js-regex-dynamic
  const second = text.replace(new RegExp("^" + word + "$"), "");
  // ruleid: js-regex-dynamic
  const third = RegExp(`\\b(${parts.join("|")})\\b`).exec(text);
  // ok: js-regex-dynamic
  const fixed = new RegExp("^[a-z]+$", "i").test(text);
  // ok: js-regex-dynamic
  const escaped = new RegExp(escapeRegExp(word)).test(text);
  // ok: js-regex-dynamic
  const again = new RegExp(/^a+$/, "g");
  // new RegExp(word) in a comment
  return [first, second, third, fixed, escaped, again];
}
