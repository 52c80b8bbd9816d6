/** Language model programs for a drone: policies are code, and functions that they lack are written on demand. */
import OpenAI from 'openai';

const openai = new OpenAI();

export class LMP {
  constructor(name, prompt, scope) {
    this.name = name;
    this.prompt = prompt;
    this.scope = scope;
    this.history = [];
  }

  async run(query) {
    const code = await this.generate(`${this.prompt}\n// ${query}`);
    await this.defineMissing(code);
    this.history.push(code);
    return this.execute(code);
  }

  async generate(prompt) {
    const completion = await openai.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt, temperature: 0, stop: ['//'] });
    return completion.choices[0].text.trim();
  }

  async defineMissing(code) {
    for (const [, name] of code.matchAll(/(\w+)\(/g)) {
      if (name in this.scope) continue;
      const source = await this.generate(`// define function ${name}`);
      await this.defineMissing(source);
      this.scope[name] = this.execute(`${source}; return ${name};`);
    }
  }

  execute(code) {
    const names = Object.keys(this.scope);
    // finding: js-model-output-eval
    const policy = new Function(...names, `"use strict"; ${code}`);
    return policy(...names.map((name) => this.scope[name]));
  }
}
