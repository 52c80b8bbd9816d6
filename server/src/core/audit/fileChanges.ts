/** What a commit opens without touching code: files that may be run or written by more, links, and words in the instructions of agents. */
import { widening } from './configs.js';
import type { FileChange } from './change.js';
import type { Widened } from './report.js';
import { similarity, bag, words } from './words.js';

const INSTRUCTIONS =
  /(?:^|\/)(?:AGENTS?\.md|CLAUDE(?:\.local)?\.md|GEMINI\.md|SKILL\.md|\.cursorrules|\.windsurfrules|\.clinerules|\.roorules|\.goosehints|\.rules|copilot-instructions\.md|CONVENTIONS\.md)$|(?:^|\/)(?:\.cursor\/rules|\.claude\/(?:commands|agents|skills|rules)|\.github\/(?:instructions|prompts|agents|chatmodes)|\.clinerules|\.roo|\.windsurf|\.continue\/rules|\.kiro\/steering|\.amazonq\/rules)\/.+/i;

const GRANTS =
  /\bwithout (?:asking|confirm\w*|approval|review|prompting|permission)|\b(?:never|don't|do not|no need to|needn't|not) (?:have to |need to )?(?:ask|wait|stop|prompt|confirm)\b|\bskip (?:the |all |any )?(?:tests?|reviews?|approvals?|hooks?|checks?|confirmations?|linting|verification)|--no-verify\b|--dangerously|--yolo\b|\b(?:bypass|disable|ignore|turn off) (?:the |all |any )?(?:sandbox|approval|safety|security|permission|guard|checks?|hooks?|lint)|\bauto[- ]?(?:approve|merge|accept|run)|\balways (?:approve|allow|accept|run)\b|\byou (?:may|can|are allowed to|have permission to) (?:freely )?(?:push|deploy|delete|merge|force|drop|publish|install|run any|execute any|modify (?:any|prod))|\bignore (?:all )?(?:previous|prior|other) (?:instructions|rules)|\bpush (?:directly|straight) to (?:main|master|production)|\bforce[- ]push\b(?!\s+is)|\bfull (?:autonomy|access|control)\b/i;
const LIMITS =
  /\b(?:never|do not|don't|must not|must never|may not|should not|avoid|only after|always ask|ask (?:before|first|the user|for)|require[sd]? (?:approval|review|confirmation)|wait for|get approval|confirm with|forbidden|not allowed|off[- ]limits|read[- ]only)\b/i;
const WEIGHTY =
  /\b(?:push|deploy|delete|drop|prod(?:uction)?|secrets?|credentials?|tokens?|\.env|keys?|passwords?|approv\w*|confirm\w*|force|main|master|merge|publish|migrat\w*|sandbox|test|tests|verify|hooks?|security|permission|install|network|payment|customer|data)\b/i;

export function widenedFiles(changes: readonly FileChange[]): Widened[] {
  return changes.flatMap((change) => [...modeOf(change), ...linkOf(change), ...instructionsOf(change)]);
}

function modeOf(change: FileChange): Widened[] {
  if (change.newMode !== '100755' || change.oldMode === '100755') return [];
  const script = (change.after ?? '').startsWith('#!') || /\.(?:sh|bash|py|rb|pl|js|mjs|ps1)$/.test(change.path);
  const isNew = change.oldMode === '000000';
  const hook = /(?:^|\/)(?:\.husky|\.githooks|hooks)\//.test(change.path);
  return [
    widening(
      change.path,
      1,
      'file-mode',
      'mode',
      isNew ? '' : change.oldMode,
      change.newMode,
      'this file can be run as a program now',
      hook || (!isNew && !script) ? 'WARNING' : 'INFO',
    ),
  ];
}

function linkOf(change: FileChange): Widened[] {
  if (change.newMode !== '120000') return [];
  const target = (change.after ?? '').trim();
  if (target === (change.before ?? '').trim()) return [];
  const depth = change.path.split('/').length - 1;
  const up = /^(?:\.\.\/)*/.exec(target)?.[0].length ?? 0;
  if (!target.startsWith('/') && !target.startsWith('~') && up / 3 <= depth) return [];
  return [widening(change.path, 1, 'link', 'target', '', target, `a link leads out of the repository: ${target.slice(0, 80)}`, 'WARNING')];
}

function instructionsOf(change: FileChange): Widened[] {
  if (!INSTRUCTIONS.test(change.path) || change.after === undefined) return [];
  const lines = (text: string): string[] =>
    text
      .split(/\r?\n/)
      .slice(0, 3000)
      .map((line) => line.slice(0, 1000));
  const old = lines(change.before ?? '');
  const now = lines(change.after);
  const wasLines = new Set(old.map((line) => line.trim()));
  const isLines = new Set(now.map((line) => line.trim()));
  const found: Widened[] = [];
  now.forEach((line, i) => {
    const text = line.trim();
    if (wasLines.has(text) || !GRANTS.test(text)) return;
    // "Never skip the tests" limits.
    if (
      /\b(?:never|do not|don't|must not|no)\b[^.]{0,30}\b(?:skip|bypass|disable|--no-verify|force|push|ignore|auto|--dangerously|without)/i.test(
        text,
      )
    )
      return;
    found.push(
      widening(
        change.path,
        i + 1,
        'agent-instructions',
        'instructions',
        '',
        text,
        `agents are told that they need not ask or check: ${text.slice(0, 80)}`,
        'WARNING',
      ),
    );
  });
  old.forEach((line, i) => {
    const text = line.trim();
    if (text === '' || isLines.has(text) || !LIMITS.test(text) || !WEIGHTY.test(text)) return;
    const tokens = bag(words(text).split(' '));
    const reworded = now.some(
      (other) => !wasLines.has(other.trim()) && similarity(tokens, bag(words(other).split(' '))) >= 0.45 && LIMITS.test(other),
    );
    if (reworded) return;
    found.push(
      widening(
        change.path,
        Math.min(i + 1, now.length),
        'agent-instructions',
        'instructions',
        text,
        '',
        `agents are no longer told: ${text.slice(0, 100)}`,
        'WARNING',
      ),
    );
  });
  return found.slice(0, 12);
}
