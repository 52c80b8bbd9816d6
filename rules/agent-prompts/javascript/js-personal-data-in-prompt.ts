import { generateText } from "ai";

export async function summarise(patient: Patient) {
  // ruleid: js-personal-data-in-prompt
  await generateText({ model, prompt: `Summarise: ${patient.diagnosis}` });
  // ruleid: js-personal-data-in-prompt
  await generateText({ model, prompt: "Check " + patient.iban });
  // ok: js-personal-data-in-prompt
  await generateText({ model, prompt: `Summarise: ${redact(patient.diagnosis)}` });
  // ok: js-personal-data-in-prompt
  await generateText({ model, prompt: patient.question });
}
