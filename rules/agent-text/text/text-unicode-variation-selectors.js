const decode = require("./decode");

// ruleid: text-unicode-variation-selectors
const icon = decode("😀󠅢󠅕󠅡󠅥󠅙󠅢󠅕󠄘󠄡󠄙󠄞󠅢󠅥󠅞󠄘󠄙");

// ruleid: text-unicode-variation-selectors
const empty = "󠅕󠅦󠅑󠅜";

// ruleid: text-unicode-variation-selectors
const a︁ = 1;

// ok: text-unicode-variation-selectors
const two = "❤️️";

// ruleid: text-unicode-variation-selectors
const supplement = "x󠄡";

// ok: text-unicode-variation-selectors
const heart = "❤️";

// ok: text-unicode-variation-selectors
const text = "☎︎";

// ok: text-unicode-variation-selectors
const keycap = "1️⃣";

// ok: text-unicode-variation-selectors
const family = "👨‍👩‍👧";

// ok: text-unicode-variation-selectors
const rainbow = "🏳️‍🌈";

// ok: text-unicode-variation-selectors
const variant = "辻󠄀";

// ok: text-unicode-variation-selectors
const escaped = "\uFE0F\uFE0F";

// ok: text-unicode-variation-selectors
const warn = "⚠️ deprecated";

// ruleid: text-unicode-variation-selectors
const many = "❤️️️️";
