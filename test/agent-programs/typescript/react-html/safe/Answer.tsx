/** A chat window: answers arrive as Markdown and are shown as elements. */
import { useChat } from '@ai-sdk/react';
import ReactMarkdown from 'react-markdown';

export function Chat() {
  const { messages, input, handleInputChange, handleSubmit } = useChat();
  return (
    <main>
      {messages.map((message) => (
        <article key={message.id}>
          <ReactMarkdown>{message.content}</ReactMarkdown>
        </article>
      ))}
      <form onSubmit={handleSubmit}>
        <input value={input} onChange={handleInputChange} />
      </form>
    </main>
  );
}
