/** A chat bot that answers `!explain` with what a model wrote. */
const { OpenAI } = require('openai');
const { exec } = require('child_process');

const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

function explain(text, done) {
  openai.chat.completions
    .create({ model: 'gpt-3.5-turbo', messages: [{ role: 'user', content: `Explain: ${text}` }] })
    .then((completion) => completion.choices[0].message.content.trim())
    .then((answer) => done(null, answer))
    .catch((error) => done(error));
}

module.exports = function onMessage(message) {
  if (!message.content.startsWith('!explain')) return;
  exec('git log -1 --format=%B', (failure, stdout) => {
    explain(failure ? 'nothing' : stdout, (error, answer) => message.reply(error ? 'sorry' : answer));
  });
};
