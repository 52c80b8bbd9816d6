/** A chat bot that answers `!run` with what a model wrote. */
const { OpenAI } = require('openai');
const { exec } = require('child_process');

const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

function suggest(text, done) {
  openai.chat.completions
    .create({ model: 'gpt-3.5-turbo', messages: [{ role: 'user', content: `Only a bash command: ${text}` }] })
    .then((completion) => completion.choices[0].message.content.trim())
    .then((command) => done(null, command))
    .catch((error) => done(error));
}

module.exports = function onMessage(message) {
  if (!message.content.startsWith('!run ')) return;
  suggest(message.content.slice(5), (error, command) => {
    if (error) return message.reply('sorry');
    // finding: js-model-output-shell
    exec(command, (failure, stdout, stderr) => message.reply(failure ? stderr : stdout));
  });
};
