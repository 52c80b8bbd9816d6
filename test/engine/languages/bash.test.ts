/** Bash: what a command is asked for. */
import { testCases } from './cases.js';

testCases('bash', [
  {
    name: 'where output goes does not count',
    pattern: 'make all > log',
    code: 'make all > log #<\nmake all #<\nmake all 2>&1 #<\nmake > log\n',
  },
  { name: 'nor does it to a word', pattern: 'run 2>/dev/null', code: 'run 2>/dev/null #<\nother run\nother 2>/dev/null\n' },
]);
