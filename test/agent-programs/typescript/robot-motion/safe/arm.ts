/** An arm on an Arduino that follows sentences, within its limits. */
import five from 'johnny-five';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const Pose = z.object({ shoulder: z.number(), elbow: z.number() });
const openai = new OpenAI();
const board = new five.Board();
const SLOW = 2000;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

board.on('ready', () => {
  const shoulderServo = new five.Servo(9);
  const elbowServo = new five.Servo(10);

  board.repl.inject({
    async say(sentence: string) {
      const completion = await openai.chat.completions.parse({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: sentence }],
        response_format: zodResponseFormat(Pose, 'pose'),
      });
      const pose = completion.choices[0].message.parsed!;
      shoulderServo.to(clamp(pose.shoulder, 30, 150), SLOW);
      elbowServo.to(clamp(pose.elbow, 10, 120), SLOW);
    },
  });
});
