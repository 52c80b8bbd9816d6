import https from "node:https";
import OpenAI from "openai";
import axios from "axios";

// ruleid: js-tls-verification-off
const agent = new https.Agent({ rejectUnauthorized: false });

export const client = new OpenAI({ httpAgent: agent });

// ruleid: js-tls-verification-off
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

// ruleid: js-tls-verification-off
process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";

export async function get(url: string) {
  // ruleid: js-tls-verification-off
  return axios.get(url, { httpsAgent: new https.Agent({ keepAlive: true, rejectUnauthorized: false }) });
}

export function legacy(url: string) {
  // ruleid: js-tls-verification-off
  const options = { url, strictSSL: false };
  return options;
}

export function set(options: https.AgentOptions) {
  // ruleid: js-tls-verification-off
  options.rejectUnauthorized = false;
}

export async function good(url: string, ca: Buffer, strict: boolean) {
  // ok: js-tls-verification-off
  const a = new https.Agent({ ca });
  // ok: js-tls-verification-off
  const b = new https.Agent({ rejectUnauthorized: true });
  // ok: js-tls-verification-off
  const c = new https.Agent({ rejectUnauthorized: strict });
  // ok: js-tls-verification-off
  console.log("rejectUnauthorized: false is not allowed");
  // ok: js-tls-verification-off
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0") throw new Error("certificate checking is off");
  // ok: js-tls-verification-off
  const d = { unauthorized: false };
  return [await axios.get(url), a, b, c, d];
}

async function request(url) {
  if (import.meta.env.DEV) {
    // ok: js-tls-verification-off
    const agent = new https.Agent({ rejectUnauthorized: false });
    return nodeFetch(url, { agent });
  }
  if (process.env.NODE_ENV === 'development') {
    // ok: js-tls-verification-off
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  }
  if (process.env.NODE_ENV !== 'test') {
    // ruleid: js-tls-verification-off
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  }
}

function transportFor(config, options) {
  if (config['smtp:allow-self-signed']) {
    // ok: js-tls-verification-off
    options.tls = { rejectUnauthorized: false };
  }
}
