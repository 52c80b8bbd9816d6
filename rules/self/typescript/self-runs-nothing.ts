import vm from 'node:vm';

// ruleid: self-runs-nothing
eval(text);
// ruleid: self-runs-nothing
const run = new Function(text);
// ruleid: self-runs-nothing
vm.runInNewContext(text);

// ok: self-runs-nothing
const value = evaluate(text);
// ok: self-runs-nothing
const pattern = new RegExp(text);
