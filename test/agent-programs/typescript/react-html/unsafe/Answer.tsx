/** A chat window: answers arrive as Markdown and are shown as HTML. */
import { useChat } from '@ai-sdk/react';
import { marked } from 'marked';

export function Chat() {
  const { messages, input, handleInputChange, handleSubmit } = useChat();
  return (
    <main>
      {messages.map((message) => (
        // finding: js-model-output-html
        <article key={message.id} dangerouslySetInnerHTML={{ __html: marked(message.content) }} />
      ))}
      <form onSubmit={handleSubmit}>
        <input value={input} onChange={handleInputChange} />
      </form>
    </main>
  );
}
