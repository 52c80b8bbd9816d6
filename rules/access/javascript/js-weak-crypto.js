import crypto from "node:crypto";

// ruleid: js-weak-crypto
const a = crypto.createCipheriv("aes-128-ecb", key, null);
// ruleid: js-weak-crypto
const b = crypto.createCipher("aes-256-cbc", "password");
// ruleid: js-weak-crypto
const c = crypto.generateKeyPairSync("rsa", { modulusLength: 1024 });
// ok: js-weak-crypto
const d = crypto.createCipheriv("aes-256-gcm", key, crypto.randomBytes(12));
// ok: js-weak-crypto
const e = crypto.generateKeyPairSync("rsa", { modulusLength: 4096 });
