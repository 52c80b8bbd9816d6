import { GoogleGenAI, HarmBlockThreshold, HarmCategory } from "@google/genai";

const safetySettings = [
  // ruleid: js-safety-filter-off
  { category: HarmCategory.HARM_CATEGORY_HARASSMENT, threshold: HarmBlockThreshold.BLOCK_NONE },
  // ruleid: js-safety-filter-off
  { category: "HARM_CATEGORY_HATE_SPEECH", threshold: "OFF" },
  // ok: js-safety-filter-off
  { category: HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, threshold: HarmBlockThreshold.BLOCK_LOW_AND_ABOVE },
];
// ok: js-safety-filter-off
const alarm = { name: "boiler", threshold: "OFF" };
// ruleid: js-safety-filter-off
const short = { threshold: "BLOCK_NONE" };

// What a person may choose.
export const choices = [
  // ok: js-safety-filter-off
  { label: 'None', name: HarmBlockThreshold.BLOCK_NONE, description: 'Shows everything' },
];
