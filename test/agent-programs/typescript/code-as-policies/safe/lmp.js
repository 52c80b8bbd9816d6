/** Language model programs for a drone, as lists of known skills. */
import OpenAI from 'openai';
import { hover, land, lookAt } from './skills.js';

const openai = new OpenAI();
const SKILLS = { hover, land, lookAt };

export class LMP {
  constructor(name, prompt) {
    this.name = name;
    this.prompt = prompt;
    this.history = [];
  }

  async run(query) {
    const plan = JSON.parse(await this.generate(`${this.prompt}\n// ${query}`));
    for (const step of plan) {
      if (!Object.hasOwn(SKILLS, step.skill)) throw new Error(`no skill ${step.skill}`);
      this.history.push(step.skill);
      await SKILLS[step.skill]();
    }
  }

  async generate(prompt) {
    const completion = await openai.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt, temperature: 0, stop: ['//'] });
    return completion.choices[0].text.trim();
  }
}
