import { generateText, streamText } from "ai";
import DOMPurify from "dompurify";
import { marked } from "marked";

async function show(element: HTMLElement, prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ruleid: js-model-output-html
  element.innerHTML = marked.parse(text);
  // ok: js-model-output-html
  element.textContent = text;
  // ok: js-model-output-html
  element.innerHTML = DOMPurify.sanitize(marked.parse(text));
}

async function stream(element: HTMLElement, prompt: string) {
  const { textStream } = streamText({ model, prompt });
  for await (const part of textStream) {
    // ruleid: js-model-output-html
    element.insertAdjacentHTML("beforeend", part);
  }
  // ok: js-model-output-html
  element.insertAdjacentHTML("beforeend", "<hr>");
}

export async function Answer({ prompt }: { prompt: string }) {
  const { text } = await generateText({ model, prompt });
  // ruleid: js-model-output-html
  return <div dangerouslySetInnerHTML={{ __html: text }} />;
}

export async function Plain({ prompt }: { prompt: string }) {
  const { text } = await generateText({ model, prompt });
  // ok: js-model-output-html
  return <div>{text}</div>;
}
