/** Tools of a Mastra agent. */
import { createTool } from '@mastra/core/tools';
import axios from 'axios';
import { z } from 'zod';

export const readUrl = createTool({
  id: 'read-url',
  description: 'Reads a page',
  inputSchema: z.object({ url: z.string().url() }),
  execute: async ({ context }) => {
    const { url } = context;
    // finding: js-model-output-url
    const { data } = await axios.get(url, { responseType: 'text', timeout: 15_000 });
    return { text: String(data).slice(0, 20_000) };
  },
});
