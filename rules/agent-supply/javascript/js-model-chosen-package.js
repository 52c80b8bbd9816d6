const { execFile, execSync, spawn } = require("child_process");

async function install(name) {
  // ruleid: js-model-chosen-package
  execFile("npm", ["install", name]);
}

async function installAll(names) {
  // ruleid: js-model-chosen-package
  spawn("npm", ["install", "--save", ...names]);
}

async function runTool(call) {
  // ruleid: js-model-chosen-package
  spawn("npx", ["-y", call.arguments.package]);
  // ruleid: js-model-chosen-package
  spawn("pip", ["install", "--quiet", call.arguments.package]);
  // ruleid: js-model-chosen-package
  execFile("uvx", [`${call.name}@latest`]);
}

function good(projectDir, name) {
  // ok: js-model-chosen-package
  execSync("npm install lodash@4.17.21");
  // ok: js-model-chosen-package
  spawn("npm", ["install", "--ignore-scripts"]);
  // ok: js-model-chosen-package
  spawn("npx", ["prettier@3.3.3", "--check", "."]);
  // ok: js-model-chosen-package
  spawn("npm", ["install", projectDir]);
  // ok: js-model-chosen-package
  console.log(`npm install ${name}`);
  // ok: js-model-chosen-package
  spawn("git", ["add", name]);
  // ok: js-model-chosen-package
  execSync(`npm run build -- ${name}`);
}

module.exports = { install, installAll, runTool, good };
