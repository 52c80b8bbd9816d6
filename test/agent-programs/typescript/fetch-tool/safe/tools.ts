/** Tools of a Mastra agent. */
import { createTool } from '@mastra/core/tools';
import axios from 'axios';
import { z } from 'zod';

export const readArticle = createTool({
  id: 'read-article',
  description: 'Reads an article',
  inputSchema: z.object({ title: z.string() }),
  execute: async ({ context }) => {
    const { data } = await axios.get(`https://en.wikipedia.org/wiki/${encodeURIComponent(context.title)}`, { timeout: 15_000 });
    return { text: String(data).slice(0, 20_000) };
  },
});
