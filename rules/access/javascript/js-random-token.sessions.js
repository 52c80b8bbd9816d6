// Nobody is let in with these: they tell one run of a program from another.
class Tracker {
  constructor() {
    // ok: js-random-token
    this.sessionId = `run-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  }

  // ok: js-random-token
  generateSessionId() {
    return `session-${Math.random().toString(36).slice(2)}`;
  }
}

// ok: js-random-token
const sessionId = `s-${Math.random()}`;

// ruleid: js-random-token
const resetToken = Math.random().toString(36).slice(2);
