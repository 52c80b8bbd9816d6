/**
 * Words of commands and settings that switch a protection off wherever they stand: in scripts, in strings of code, in pipelines, in files of the environment.
 * Counted over all files of the commit, comments left out, so that a line that was moved adds nothing.
 */
import type { Severity } from '../model/rule.js';
import { isAgentFile } from './agentSettings.js';
import type { CheckKind, RemovedCheck, Widened } from './report.js';
import { lineAfter, lineAt, lineText, oncePerSide, type Pair, type Side } from './side.js';
import { isPipeline } from './pipelineTools.js';
import { isTestPath } from '../model/testPaths.js';
import { fateOf, inSubstitution, isAskedFor, isCompared, isInExpression, isOfContainers } from './flagContext.js';
import { widening } from './configs.js';
import { bag, similarity, words } from './words.js';

interface Flag {
  /** A kind of check, or of what is widened. */
  readonly check?: CheckKind;
  readonly widens?: string;
  readonly text: RegExp;
  readonly message: string;
  readonly severity: Severity;
  /** Only in files of this name. */
  readonly file?: RegExp;
}

const FLAGS: readonly Flag[] = [
  {
    check: 'tls',
    text: /\bcurl\b[^\n|;&]*\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)\b|\bwget\b[^\n|;&]*--no-check-certificate|\bhttp\.sslVerify[\s=]+["']?false|\bNODE_TLS_REJECT_UNAUTHORIZED\b['"\]\s:=]+['"]?0|\bPYTHONHTTPSVERIFY\b['"\]\s:=]+['"]?0|\bGIT_SSL_NO_VERIFY\b['"\]\s:=]+['"]?(?:1|true)|\bstrict-ssl\s*=?\s*false|--trusted-host\b|--insecure-skip-tls-verify|--no-verify-ssl\b|\bStrictHostKeyChecking[\s=]+(?:no|off)\b|\bsslmode=(?:disable|allow)\b|\buseSSL=false\b|\btrustServerCertificate=true\b|\bverify-(?:peer|host)=(?:no|false|0)\b|--tls-skip-verify\b|--insecure-registry\b/i,
    message: 'the other side of a connection is no longer verified',
    severity: 'ERROR',
  },
  {
    check: 'sandbox',
    text: /--no-sandbox\b|--disable-web-security\b|--disable-setuid-sandbox\b|--dangerously-bypass-approvals-and-sandbox\b|--sandbox[ =](?:danger-full-access|none|off)\b|--security-opt[ =](?:seccomp|apparmor)[=:]unconfined|--privileged\b|--cap-add[ =](?:ALL|SYS_ADMIN)|--(?:network|net|pid|ipc)[ =]host\b|\/var\/run\/docker\.sock(?=:)|source=[^,\s]*docker\.sock|--disable-sandbox\b|--allow-all(?![\w-])/,
    message: 'something runs without its sandbox',
    severity: 'ERROR',
  },
  {
    check: 'approval',
    text: /--dangerously-skip-permissions\b|--yolo\b|--auto-approve\b|--full-auto\b|--approval-policy[ =]never|--ask-for-approval[ =]never|--permission-mode[ =]bypassPermissions|--yes-always\b|--allow-all-tools\b|--trust-all-tools\b|--skip-approval\b|--dangerously-allow-all\b/,
    message: 'nobody is asked before it acts',
    severity: 'ERROR',
  },
  {
    check: 'error-handling',
    text: /\|\|\s*(?:true|:|exit 0|echo\b[^\n]*)(?=\s*(?:$|[;"'`)]))|(?:^|[\s;])set \+e\b|(?:^|\s)--exit-zero\b|(?:^|\s)--no-error-on-unmatched-pattern\b/m,
    message: 'a failure no longer counts',
    severity: 'WARNING',
    file: /(?:^|\/)(?:\.github\/.*|\.gitlab-ci\.ya?ml|[^/]*\.(?:sh|bash|zsh|ya?ml|mk)|Makefile|justfile|[^/]*Dockerfile[^/]*|package\.json|\.husky\/.*|Jenkinsfile|tox\.ini)$/,
  },
  {
    check: 'ci-check',
    text: /--no-verify\b|\bHUSKY(?:_SKIP_HOOKS)?\b['"\]\s:=]+['"]?(?:0|1)\b|\bSKIP=[\w,-]+ git\b|\bcore\.hooksPath[\s=]+\/dev\/null|--passWithNoTests\b|--pass-with-no-tests\b|-DskipTests\b|-Dmaven\.test\.skip\b|--skip-tests?\b|(?:^|\s)-x test\b|\bpytest\b[^\n]*(?:--deselect[= ]\S*|--ignore[= ]\S*|-k ["']?not )|--bail=?0\b/,
    message: 'checks are passed over',
    severity: 'WARNING',
  },
  {
    check: 'validation',
    text: /--(?:no-require-hashes|skip-checksum|no-verify-checksum|allow-unauthenticated|force-yes|no-gpg-check|nogpgcheck|insecure-no-verify|skip-verify|insecure-ignore-tlog|no-check-integrity)\b|\[trusted=yes\]|\bgpgcheck\s*=\s*0|\bverify_checksum\s*[:=]\s*false|\bGONOSUMDB\b|\bGONOSUMCHECK\b|\bGOFLAGS=-insecure|\bGOSUMDB=off/,
    message: 'what is installed is no longer verified',
    severity: 'ERROR',
  },
  {
    widens: 'file-mode',
    text: /\bchmod\b\s+(?:-R\s+)?(?:0?777|a\+rwx|o\+w|a\+w|ugo\+rwx|\+s|u\+s|4755)\b|\bos\.chmod\([^)\n]*0o777|\bumask\b\s*\(?\s*0+\)?(?=\s|$|;)|\bchmod(?:Sync)?\([^)\n]*0o?777/,
    message: 'everybody may write or run this',
    severity: 'WARNING',
  },
  {
    widens: 'cors',
    text: /\b(?:allow_origins|allowed_origins|CORS_ALLOWED_ORIGINS|CORS_ORIGINS?|ALLOWED_HOSTS|allowedOrigins|AllowOrigins|cors_allowed_origins|origins)\b["']?\s*[=:,(]\s*(?:\[\]string\s*\{|\[|\(|new\s*\[\]\s*\{)?\s*["']\*["']|\bCORS_(?:ORIGIN_)?ALLOW_ALL(?:_ORIGINS)?\b\s*=\s*True|\bAccess-Control-Allow-Origin["']?\s*[,:\]=)]+\s*["']?\*|\borigin\s*:\s*(?:["']\*["']|true)|\bAllowAllOrigins\b\s*[:=]\s*true|\bAllowAnyOrigin\(\)|@CrossOrigin\(\s*(?:origins\s*=\s*)?"\*"|\ballow_origin_regex\s*=\s*r?["']\.\*["']/,
    message: 'every site may call this',
    severity: 'WARNING',
  },
  {
    widens: 'network',
    text: /\b(?:host|bind|bind_address|listen|HOST|server_name)\b["']?\s*[=:]\s*["'](?:0\.0\.0\.0|::)["']|\.listen\([^)\n]*["']0\.0\.0\.0["']|ListenAndServe\(\s*["']0\.0\.0\.0|--host[ =]0\.0\.0\.0/,
    message: 'it listens on every network',
    severity: 'INFO',
  },
  {
    widens: 'iam',
    text: /\bactions?\s*=\s*\[\s*"(?:\w+:)?\*"|\b(?:cidr_blocks|ipv6_cidr_blocks|source_ranges|source_address_prefix)\s*=\s*\[?\s*"(?:0\.0\.0\.0\/0|::\/0|\*)"|\bacl\s*=\s*"public-read(?:-write)?"|\b(?:publicly_accessible|public_network_access_enabled|enable_public_ip|allow_blob_public_access|allow_nested_items_to_be_public)\s*=\s*true|\b(?:storage_encrypted|encrypted|block_public_acls|block_public_policy|restrict_public_buckets|ignore_public_acls|deletion_protection|enable_key_rotation|enforce_ssl|https_only|enable_logging|multi_az|versioning_enabled)\s*=\s*false|\bmembers?\s*=\s*\[?\s*"allUsers"|\brole\s*=\s*"roles\/(?:owner|editor)"|\bresources?\s*=\s*\[?\s*"\*"/,
    message: "the cloud's resources are open to more",
    severity: 'ERROR',
    file: /\.(?:tf|tfvars|hcl)$/,
  },
  {
    widens: 'install-script',
    text: /^[^\S\n]*ignore-scripts\s*=\s*false|\benable-pre-post-scripts\s*=\s*true|\bdangerouslyAllowAllBuilds\b\s*[:=]\s*true/m,
    message: 'packages may run scripts when they are installed',
    severity: 'WARNING',
    file: /(?:^|\/)\.(?:npmrc|yarnrc(?:\.yml)?)$|pnpm-workspace\.yaml$/,
  },
  {
    widens: 'package-index',
    text: /^[^\S\n]*(?:@[\w-]+:)?registry\s*=\s*\S+|--(?:extra-)?index-url[ =]\S+|^[^\S\n]*(?:extra-)?index-url\s*=\s*\S+|\bnpmRegistryServer:\s*\S+|\bGOPROXY=\S+|\bGOPRIVATE=\S+/m,
    message: 'packages come from another place',
    severity: 'WARNING',
    file: /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|pip\.conf|pip\.ini|\.pypirc|requirements[^/]*\.txt|[^/]*Dockerfile[^/]*|\.condarc|uv\.toml|bunfig\.toml|\.env[^/]*|[^/]*\.ya?ml|[^/]*\.sh)$/,
  },
];

/** Commands that protect: gone from all files of the commit, they are missed. */
const PROTECTING: readonly { readonly kind: CheckKind; readonly text: RegExp; readonly message: string }[] = [
  {
    kind: 'validation',
    text: /\b(?:sha(?:1|224|256|384|512)sum|shasum|md5sum)\b[^\n|;&]*\s(?:-c|--check)\b|\bgpgv?\b[^\n|;&]*--verify\b|\bcosign\s+verify\S*|\bminisign\s+-V\b|--require-hashes\b|\bopenssl\s+dgst\b[^\n]*-verify\b|\bslsa-verifier\s+verify\S*/,
    message: 'what is downloaded is no longer verified',
  },
  {
    kind: 'error-handling',
    text: /(?:^|[\s;@])set -(?:[a-z]*e[a-z]*\b|o errexit)|(?:^|[\s;@])set -[a-z]*o pipefail/m,
    message: 'a script goes on after a failure',
  },
  {
    kind: 'sandbox',
    text: /--(?:cap-drop|security-opt|read-only|network[ =]none|userns)\b|\b(?:bwrap|firejail|nsjail|systemd-run)\b/,
    message: 'something runs with fewer limits',
  },
  {
    kind: 'ci-check',
    text: /--frozen(?:-lockfile)?\b|--immutable\b|\bnpm ci\b|--locked\b/,
    message: 'what is installed no longer has to be what was locked',
  },
];

/** Places of protecting commands that a side has. */
function protectingIn(side: Side, at: RegExp): { readonly line: number; readonly text: string }[] {
  const scriptLike =
    /(?:^|\/)(?:[^/]*\.(?:sh|bash|zsh|ya?ml|mk)|Makefile|justfile|[^/]*Dockerfile[^/]*|package\.json|\.husky\/.*|Jenkinsfile)$/.test(
      side.path,
    ) || side.tree?.grammar === 'bash';
  if (!scriptLike) return [];
  const text = withoutComments(side);
  // What a line is searched for is not run.
  return [...text.matchAll(new RegExp(at.source, `${at.flags}g`))]
    .filter((match) => !/["'`]$/.test(text.slice(0, match.index)))
    .map((match) => ({
      line: lineAt(side, match.index + match[0].length - match[0].trimStart().length),
      text: match[0].trim(),
    }));
}

function lostCommands(pairs: readonly Pair[]): RemovedCheck[] {
  return PROTECTING.flatMap(({ kind, text, message }): RemovedCheck[] => {
    const now = pairs.reduce((sum, { after }) => sum + (after === undefined ? 0 : protectingIn(after, text).length), 0);
    const was = pairs.flatMap((pair) =>
      pair.before === undefined ? [] : protectingIn(pair.before, text).map((place) => ({ ...place, pair })),
    );
    if (was.length <= now) return [];
    return was.flatMap(({ pair, line }) => {
      const { change, before, after } = pair;
      // A file that is gone took what it protected with it.
      if (before === undefined || after === undefined || protectingIn(after, text).length >= protectingIn(before, text).length) return [];
      if (kind === 'sandbox' && !isStillRun(lineText(before, line), after.text, text)) return [];
      if (kind === 'validation' && !isStillFetched(before, line, after.text)) return [];
      if (kind === 'ci-check' && !isInstalledOtherwise(lineText(before, line), before, after, text)) return [];
      if (lineText(before, line).startsWith('set -') && (isSetAnyway(before, line) || !isFollowedByTheSame(before, line, after.text)))
        return [];
      const hunk = change.hunks.find(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
      if (hunk === undefined) return [];
      // With a whole job, or with a part of a script, it went with what it was for.
      const severity = hunk.oldLines - hunk.newLines >= PART ? 'INFO' : 'WARNING';
      return [{ kind, path: change.path, line: lineAfter(change, line), was: lineText(before, line), message, severity }];
    });
  });
}

/** Lines fewer that make a part. */
const PART = 10;

const FETCHING = /\b(?:curl|wget|aria2c|gh release download|Invoke-WebRequest|fetch|git clone|ADD https?:)\b/;

/** Whether one of the lines before a check that fetch something is still there. Where none is near, nothing is known. */
function isStillFetched(side: Side, line: number, now: string): boolean {
  const near = [1, 2, 3, 4, 5, 6].map((step) => lineText(side, Math.max(1, line - step))).filter((text) => FETCHING.test(text));
  const rest = (text: string): string => text.replace(/\s*(?:\\|&&|\|)\s*$/, '').slice(0, 60);
  return near.length === 0 || near.some((text) => now.includes(rest(text)));
}

/** Installs that take what is newest, where nothing says otherwise. */
const UNLOCKED =
  /\bnpm (?:install|i)\b(?!\s+(?:-g|--global)\b)|\byarn(?: install)?(?=\s*(?:$|[&|;]))|\bbun (?:install|i)\b(?![^\n]*--frozen-lockfile)|\buv sync\b(?![^\n]*--(?:locked|frozen))|\bcargo (?:build|install|test)\b(?![^\n]*--locked)|--no-frozen-lockfile\b|--no-immutable\b/gm;

/** Whether more is installed than before without what was locked, or the command is still run without the word that locked it. */
function isInstalledOtherwise(line: string, before: Side, after: Side, lock: RegExp): boolean {
  const count = ({ text }: Side): number => text.match(UNLOCKED)?.length ?? 0;
  if (count(after) > count(before)) return true;
  // In a pipeline these two hold to the lock by themselves, and of a line that says nothing else it is not known what it was for.
  if (isPipeline(after.path) && /\b(?:pnpm|yarn)\b/.test(line)) return false;
  if (isKept(line, after.text, lock)) return false;
  const says = words(line.replace(lock, ' ')).split(' ').length;
  return !/\bnpm ci\b/.test(line) && says > 1 && isStillRun(line, after.text, lock);
}

/** Whether a line that is nearly the same still holds to the lock. */
function isKept(line: string, now: string, lock: RegExp): boolean {
  const bare = (text: string): ReadonlyMap<string, number> => bag(words(text).split(' '));
  return now.split(/\r?\n/).some((other) => other.search(lock) >= 0 && similarity(bare(line), bare(other)) >= NEARLY);
}

const NEARLY = 0.8;

/** Whether a line like one that had a limit is still there without it. What is nothing but the limit is part of a command that may be. */
function isStillRun(line: string, now: string, limit: RegExp): boolean {
  const rest = bag(
    words(line.replace(limit, ' '))
      .split(' ')
      .filter((word) => word !== ''),
  );
  if (now.includes(line.replace(/[,;]$/, ''))) return false;
  if (rest.size < 2) return true;
  return now.split(/\r?\n/).some((other) => !limit.test(other) && similarity(rest, bag(words(other).split(' '))) >= ALIKE);
}

const ALIKE = 0.6;

/** Whether the steps of a workflow end at a failure without being told: they do, unless a shell is named with its own options. */
function isSetAnyway(side: Side, line: number): boolean {
  return (
    /(?:^|\/)\.github\/(?:workflows\/|actions\/)|(?:^|\/)action\.ya?ml$/.test(side.path) &&
    /^set -e[ux]*(?:\s+#.*)?$/.test(lineText(side, line).trim()) &&
    !/^\s*(?:-\s+)?shell:.*\{0\}/m.test(side.text)
  );
}

/** Whether one of the next few lines of a script is still there: what it set held for them. */
function isFollowedByTheSame(side: Side, line: number, now: string): boolean {
  const next = [1, 2, 3, 4].map((step) => lineText(side, line + step)).filter((text) => text.length > 3);
  return next.length === 0 || next.filter((text) => now.includes(text)).length * 2 > next.length;
}

const PROSE = /\.(?:md|mdx|mdc|rst|txt|adoc|svg|csv|lock|snap|ipynb|po|html?)$/i;

interface Hit {
  readonly flag: Flag;
  readonly side: Side;
  readonly line: number;
  readonly text: string;
  readonly offset: number;
  /** It stands in a list that is called one of what is refused. */
  readonly refused: boolean;
}

/** The text with comments blanked, line for line. */
function withoutComments(side: Side): string {
  let { text } = side;
  if (side.remarks.length > 0) {
    let out = '';
    let from = 0;
    for (const span of side.remarks) {
      if (span.start < from) continue;
      out += text.slice(from, span.start) + text.slice(span.start, span.end).replaceAll(/[^\n]/g, ' ');
      from = span.end;
    }
    text = out + text.slice(from);
  }
  if (side.tree === undefined || /\.(?:ya?ml|sh|toml|conf|ini)$|Dockerfile|Makefile|rc$/.test(side.path))
    text = text.replaceAll(/^[ \t]*#(?!!).*$/gm, (line) => ' '.repeat(line.length));
  // Expressions with two stars would take long on endless lines.
  return text.replaceAll(/^.{2000,}$/gm, (line) => ' '.repeat(line.length));
}

const hitsIn = oncePerSide(readHits);

function readHits(side: Side): readonly Hit[] {
  if (PROSE.test(side.path) && !/requirements[^/]*\.txt$/.test(side.path)) return [];
  const text = withoutComments(side);
  const hits: Hit[] = [];
  for (const flag of FLAGS) {
    if (flag.file !== undefined && !flag.file.test(side.path)) continue;
    // What agents' own settings allow is compared as settings.
    if (flag.check === 'sandbox' && isAgentFile(side.path)) continue;
    const all = new RegExp(flag.text.source, flag.text.flags.includes('g') ? flag.text.flags : `${flag.text.flags}g`);
    for (const match of text.matchAll(all)) {
      const lead = match[0].length - match[0].trimStart().length;
      const line = lineAt(side, match.index + lead);
      // An option that a program offers is not one that it uses.
      if (
        side.tree !== undefined &&
        /\b(?:add_argument|addOption|\w*[oO]ption|BoolVar\w*|StringVar\w*|help)\s*[(=:]/.test(lineText(side, line))
      )
        continue;
      // A status that is kept and handed on counts.
      if (/^set \+e\b/.test(match[0].trim()) && /\$\?[^]{0,1500}\bexit\s+["']?\$/.test(text.slice(match.index, match.index + 2000)))
        continue;
      // An expression that looks for an option does not use it.
      if (side.tree !== undefined && isProgram(side.path) && isInExpression(side.tree, match.index + lead)) continue;
      // A program that asks for an option offers it.
      if (
        flag.check !== undefined &&
        side.tree !== undefined &&
        isProgram(side.path) &&
        isCompared(text, match.index + lead, match[0].trim())
      )
        continue;
      // Of containers only: other programs call other things so.
      if (match[0].startsWith('--privileged') && isProgram(side.path) && !isOfContainers(text, match.index)) continue;
      // A program's text about an option runs nothing.
      if (
        /^--no-verify$/.test(match[0].trim()) &&
        side.tree !== undefined &&
        isProgram(side.path) &&
        !COMMITTING.test(lineText(side, line))
      )
        continue;
      // A text about an option runs nothing.
      const fate = side.tree !== undefined && isProgram(side.path) ? fateOf(side.tree, match.index + lead) : undefined;
      if (fate === 'told') continue;
      // Between programs of one machine nobody listens.
      if (flag.check === 'tls' && /^sslmode|^usessl/i.test(match[0].trim()) && OWN_MACHINE.test(lineText(side, line))) continue;
      // What a substitution falls back to is a value.
      if (flag.check === 'error-handling' && inSubstitution(text, match.index + lead)) continue;
      hits.push({ flag, side, line, text: match[0].trim(), offset: match.index + lead, refused: fate === 'refused' });
      if (hits.length > 500) return hits;
    }
  }
  return hits;
}

/** Whether a line that tolerates a failure was there and did not: a new line that is allowed to fail takes nothing away. A check that was there may look otherwise now. */
function wasThere(pair: Pair, side: Side, at: number, flag: string): boolean {
  const line = lineText(side, at);
  if (/\bset \+e\b/.test(flag)) return !isHandled(side, at) && coversOld(pair, line);
  // What is cleaned up may not be there.
  if (
    /^[-\s]*(?:run:)?\s*(?:sudo\s+)?(?:rm|rmdir|mkdir|unlink|kill|pkill|killall|umount|docker (?:rm|rmi|stop|kill|network rm|volume rm)|git (?:branch -[dD]|worktree remove|remote remove|tag -d)|kind delete)\b/.test(
      line,
    )
  )
    return false;
  if (
    /\b(?:test|tests|lint|audit|scan|check|pytest|jest|vitest|eslint|ruff|mypy|semgrep|bandit|trivy|tsc|clippy|vet|verify)\b/i.test(line) &&
    wasRun(pair, line, flag)
  )
    return true;
  const rest = line
    .replace(flag, '')
    .replace(/^[-\s]*(?:run:)?\s*/, '')
    .trim();
  // One more that may fail, beside those that may not, takes nothing away.
  const strict = (text = ''): number => text.split('\n').filter((other) => other.includes(rest) && !other.includes(flag)).length;
  return rest.length > 3 && strict(pair.after?.text) < strict(pair.before?.text);
}

/** Whether one of the commands that may fail from a line on was there before. */
function coversOld({ before, after }: Pair, line: string): boolean {
  const old = new Set((before?.text ?? '').split(/\r?\n/).map((text) => text.trim()));
  const lines = (after?.text ?? '').split(/\r?\n/).map((text) => text.trim());
  return lines.some((text, at) => {
    if (text !== line) return false;
    const end = lines.findIndex((other, i) => i > at && /^set -e\b/.test(other));
    return lines
      .slice(at + 1, end < 0 ? at + 1 + COVERED : end)
      .some((other) => other.length > 8 && !other.startsWith('#') && !other.startsWith('set ') && old.has(other));
  });
}

/** Lines that are looked at where nothing says when failures count again. */
const COVERED = 20;

/** Whether a script asks for the status where it goes on after a failure, before it stops doing so. */
function isHandled({ text, lines }: Side, line: number): boolean {
  const [until = ''] = text.slice(lines.lineSpan(line - 1).end).split(/\bset -e\b/, 1);
  return /\$\?|\bPIPESTATUS\b|\bexit\s+["']?\$\{?\w/.test(until);
}

/** What `--no-verify` is an option of. */
const COMMITTING = /\b(?:git|commit|push|merge|rebase|am|cherry-pick|publish|deploy)\b/;

function isProgram(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|py|go|rb|rs|java|kt|cs|php|swift)$/.test(path);
}

/** An address of the machine itself, in an address or as a parameter. */
const OWN_MACHINE = /(?:@|\/\/|\bhost=)(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/?\s"'&]|$)/i;

/** What something shares with its host: asked of a new command, it took nothing away. */
const SHARED = /^--(?:network|net|pid|ipc)[ =]host$|docker\.sock/;

/** Whether a line like this one was there without what switches a limit off. */
function wasRun(pair: Pair, line: string, flag: string): boolean {
  const rest = bag(
    words(line.replace(flag, ' '))
      .split(' ')
      .filter((word) => word !== ''),
  );
  return (pair.before?.text ?? '')
    .split(/\r?\n/)
    .some((other) => !other.includes(flag) && similarity(rest, bag(words(other).split(' '))) >= ALIKE);
}

/** Whether a file of data had the same value under another key: a script of another name. */
function hadThatValue({ before }: Pair, { side, line }: Hit): boolean {
  if (before === undefined || !/\.(?:json|ya?ml|toml)$/.test(side.path)) return false;
  const value = /^[^:=]*[:=]\s*(.{12,}?),?$/.exec(lineText(side, line).trim())?.[1];
  return value !== undefined && before.text.includes(value);
}

export interface Flagged {
  readonly removedChecks: readonly RemovedCheck[];
  readonly widened: readonly Widened[];
}

export function addedFlags(pairs: readonly Pair[]): Flagged {
  const removedChecks: RemovedCheck[] = [];
  const widened: Widened[] = [];
  // Of a test run only what it leaves out counts, not how it is run.
  const key = ({ flag, text, refused }: Hit): string =>
    `${FLAGS.indexOf(flag)}|${refused}|${text.replaceAll(/\s+/g, ' ').replace(/^pytest\b.*(?= (?:--deselect|--ignore|-k)\b)/, 'pytest')}`;
  const counts = new Map<string, number>();
  for (const { before } of pairs)
    for (const hit of before === undefined ? [] : hitsIn(before)) counts.set(key(hit), (counts.get(key(hit)) ?? 0) + 1);
  const hits = pairs.flatMap((pair) => (pair.after === undefined ? [] : hitsIn(pair.after).map((hit) => ({ hit, pair }))));
  // Lines that no hunk touches stand for themselves first.
  const touched = (pair: Pair, line: number): boolean =>
    pair.before === undefined || pair.change.hunks.some(({ newStart, newLines }) => line >= newStart && line < newStart + newLines);
  for (const { hit, pair } of hits) if (!touched(pair, hit.line)) counts.set(key(hit), (counts.get(key(hit)) ?? 0) - 1);
  for (const { hit, pair } of hits) {
    if (!touched(pair, hit.line)) continue;
    const left = counts.get(key(hit)) ?? 0;
    if (left > 0 || hadThatValue(pair, hit)) {
      counts.set(key(hit), Math.max(0, left - 1));
      continue;
    }
    const { flag, side, line, text } = hit;
    const inTest = isTestPath(side.path);
    const quiet =
      hit.refused ||
      (flag.check === 'error-handling' && !wasThere(pair, side, line, text)) ||
      (flag.check === 'sandbox' && SHARED.test(text) && !wasRun(pair, lineText(side, line), text)) ||
      // A program's own runs of git.
      (text.startsWith('core.hooksPath') && isProgram(side.path)) ||
      ((flag.check === 'approval' || flag.check === 'sandbox') && isAskedFor(side, hit.offset));
    // New code is for the rules to judge: nothing was taken away there.
    const severity = inTest || quiet || pair.before === undefined ? 'INFO' : flag.severity;
    const was = lineText(side, line);
    if (flag.check !== undefined)
      removedChecks.push({ kind: flag.check, path: side.path, line, was, message: `${flag.message}: ${text.slice(0, 80)}`, severity });
    else if (flag.widens !== undefined)
      widened.push(widening(side.path, line, flag.widens, text, '', was, `${flag.message}: ${text.slice(0, 80)}`, severity));
  }
  return { removedChecks: [...removedChecks, ...lostCommands(pairs)], widened };
}
