/** An HTTP service that returns what a model writes as text, without an SDK. */
import express from 'express';

const app = express();
const ENDPOINT = 'https://api.anthropic.com/v1/messages';

async function ask(prompt: string): Promise<string> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'x-api-key': process.env.ANTHROPIC_API_KEY ?? '', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 1000, messages: [{ role: 'user', content: prompt }] }),
  });
  const data = await response.json();
  return data.content[0].text;
}

app.get('/poem', async (request, response) => {
  const poem = await ask(`A poem about ${String(request.query.topic)}`);
  response.json({ poem });
});

app.listen(3000);
