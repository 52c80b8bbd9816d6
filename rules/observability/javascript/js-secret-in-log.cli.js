import { Command } from "commander";

export const makeUser = new Command("make-user").action((name) => {
  const password = choosePassword();
  // ok: js-secret-in-log
  console.log(`Password: ${password}`);
  // ruleid: js-secret-in-log
  logger.info("made", name, password);
});
