import { generateObject, tool } from "ai";
import { z } from "zod";

async function drive(prompt: string) {
  const { object } = await generateObject({ model, schema: z.object({ speed: z.number() }), prompt });
  // ruleid: js-model-output-motion
  rover.setSpeed(Number(object.speed));
  // ok: js-model-output-motion
  rover.setSpeed(Math.max(-0.2, Math.min(0.2, object.speed)));
}

export const lift = tool({
  description: "lifts the arm",
  inputSchema: z.object({ angle: z.number() }),
  execute: async ({ angle }) => {
    // ruleid: js-model-output-motion
    servo.to(angle);
    // ok: js-model-output-motion
    servo.to(clamp(angle, 0, 90));
  },
});

const PLACES: Record<string, number[]> = { home: [0, 0, 0.3] };

export const go = tool({
  description: "goes to a place",
  inputSchema: z.object({ place: z.string() }),
  execute: async ({ place }) => {
    // ok: js-model-output-motion
    robot.moveTo(PLACES[place]);
    // ok: js-model-output-motion
    robot.moveTo([0.1, 0.1, 0.2]);
  },
});
