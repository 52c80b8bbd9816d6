// ruleid: js-random-token
const sessionId = Math.random().toString(36).slice(2);
response.cookie('session', sessionId);
// ruleid: js-random-token
function generateToken() {
  return Math.random().toString(36) + Math.random().toString(36);
}
// ok: js-random-token
const delay = Math.random() * 100;
// ok: js-random-token
const token = crypto.randomUUID();
// ok: js-random-token
function pick(rows) {
  return rows[Math.floor(Math.random() * rows.length)];
}

// ok: js-random-token
function generateIdForToken(token) {
  return `item-${Math.random()}`;
}

export function mask(area: string) {
  // ok: js-random-token
  const token = `__mask_${area}_${Math.random().toString(36).slice(2)}`;
  // ok: js-random-token
  const rootToken = area + "_root_" + Math.random().toString(36).slice(2);
  // ruleid: js-random-token
  const sessionToken = `user-${Math.random().toString(36).slice(2)}`;
  // ruleid: js-random-token
  const plainToken = Math.random().toString(36).slice(2);
  return [token, rootToken, sessionToken, plainToken];
}
