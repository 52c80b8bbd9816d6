/** An arm on an Arduino that follows sentences. */
import five from 'johnny-five';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const Pose = z.object({ shoulder: z.number(), elbow: z.number(), duration: z.number() });
const openai = new OpenAI();
const board = new five.Board();

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
      // finding: js-robot-gpio-output
      shoulderServo.to(pose.shoulder, pose.duration);
      // finding: js-robot-gpio-output
      elbowServo.to(pose.elbow, pose.duration);
    },
  });
});
