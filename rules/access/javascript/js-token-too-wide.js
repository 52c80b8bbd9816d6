// ruleid: js-token-too-wide
const SCOPES = ["https://www.googleapis.com/auth/drive"];
// ruleid: js-token-too-wide
const login = { scope: "repo admin:org workflow" };
// ok: js-token-too-wide
const small = ["https://www.googleapis.com/auth/drive.file"];
// ok: js-token-too-wide
const read = { scope: "read:user" };

// ok: js-token-too-wide
const calendar = ["https://www.googleapis.com/auth/calendar"];
