import session from "express-session";
import jwt from "jsonwebtoken";

// ruleid: js-secret-with-fallback
const SECRET = process.env.JWT_SECRET || "keep-me-safe";

export const sessions = session({
  // ruleid: js-secret-with-fallback
  secret: process.env.SESSION_SECRET ?? "keyboard cat",
  resave: false,
});

export function sign(user: string) {
  // ruleid: js-secret-with-fallback
  return jwt.sign({ user }, process.env["TOKEN_SIGNING_KEY"] || "dev");
}

// Nothing, where nothing is set.
// ok: js-secret-with-fallback
const empty = process.env.JWT_SECRET || "";
// No secret.
// ok: js-secret-with-fallback
const level = process.env.LOG_LEVEL || "info";
// ok: js-secret-with-fallback
const other = process.env.JWT_SECRET || process.env.APP_SECRET;
// ok: js-secret-with-fallback
const name = process.env.SECRET_NAME || "main";

// ok: js-secret-with-fallback
export const ENCRYPTION_KEY = process.env.ENCRYPTION_KEY || "dev";
if (production && ENCRYPTION_KEY === "dev") {
  throw new Error("ENCRYPTION_KEY must be set");
}
