import { PromptTemplate } from "@langchain/core/prompts";
import nunjucks from "nunjucks";

export async function build(req: Request, res: Response) {
  // ruleid: js-untrusted-prompt-template
  const prompt = PromptTemplate.fromTemplate(req.body.template);
  // ruleid: js-untrusted-prompt-template
  res.send(nunjucks.renderString("Dear " + req.query.name, {}));
  // ok: js-untrusted-prompt-template
  res.send(nunjucks.renderString("Dear {{ name }}", { name: req.query.name }));
  // ok: js-untrusted-prompt-template
  return PromptTemplate.fromTemplate("Summarise: {text}").format({ text: req.body.text, prompt });
}
