// ruleid: js-guardrail-off
const guard = { name: "none", execute: async () => ({ outputInfo: null, tripwireTriggered: false }) };
// What js-safety-filter-off says is not said twice.
// ok: js-guardrail-off
const safety = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }];
// ok: js-guardrail-off
const real = { name: "real", execute: async ({ input }) => ({ outputInfo: input, tripwireTriggered: isBad(input) }) };
// ok: js-guardrail-off
const strict = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_LOW_AND_ABOVE" }];
