export function start(apiKey, user) {
  // ruleid: js-secret-in-log
  console.log("key", apiKey);
  // ruleid: js-secret-in-log
  console.debug(`login with ${user.password}`);
  // ruleid: js-secret-in-log
  console.log(process.env);
  // ok: js-secret-in-log
  console.log(`key ends in ${apiKey.slice(-4)}`);
  // ok: js-secret-in-log
  console.log("password is wrong");
  // ok: js-secret-in-log
  console.log(process.env.NODE_ENV);
}
