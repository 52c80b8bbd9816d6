const express = require("express");

// ruleid: text-unicode-invisible-fillers
const { timeout, ㅤ } = request.query;

// ruleid: text-unicode-invisible-fillers
const checks = ["ping -c 1 example.org", ㅤ];

// ruleid: text-unicode-invisible-fillers
const label = "⠀";

// ruleid: text-unicode-invisible-fillers
const join = "a͏b";

// ruleid: text-unicode-invisible-fillers
const ﾠ = 1;

// ruleid: text-unicode-invisible-fillers
const times = "2⁢x";

// ok: text-unicode-invisible-fillers
const korean = "한국어";

// ok: text-unicode-invisible-fillers
const jamo = "각";

// ok: text-unicode-invisible-fillers
const braille = "⠓⠑⠇⠇⠕";

// ok: text-unicode-invisible-fillers
const escaped = "\u3164";

// ok: text-unicode-invisible-fillers
const cjk = "漢字かな";

// ok: text-unicode-invisible-fillers
const blank = " ";

// A table of the signs of Braille.
// ok: text-unicode-invisible-fillers
const none = ["⠀"];
const some = ["⠁", "⠂", "⠄"];
