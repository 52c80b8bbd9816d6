/**
 * What a commit declares about itself: its author, its committer, the trailers and marker lines of its message. Lines count wherever they stand in the message,
 * since git's own reading of trailers sees the last paragraph only. An address decides and a name is the second test; words of a subject decide nothing.
 */
import { AGENTS, agentOfIdentity, agentOfNameSuffix, agentOfWords, caveatOf, modelOfDisplayName, unknownAgentOfWords } from './agents.js';
import type { Agent, Identity } from './agents.js';
import type { Evidence, EvidenceSource } from './attribution.js';
import { messageLines } from './messageLines.js';

/** A commit as far as it can declare something; untrusted text. */
export interface CommitWords {
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
  /** Committer date, seconds since 1970. */
  readonly committed: number;
}

export interface Declared {
  /** Best first, every agent. */
  readonly evidence: readonly Evidence[];
  /** What the message says is not to be known. */
  readonly lost: readonly string[];
}

const MAX_TEXT = 200;
/** Of one message: a list of thousands of trailers is cut here. */
const MAX_EVIDENCE = 50;

/** Trailers that name who wrote, and what having written so means. Reviews, tests and reports are not writing. */
const AUTHORSHIP: ReadonlyMap<string, 'own' | 'assist'> = new Map([
  ['co-authored-by', 'own'],
  ['coauthored-by', 'own'],
  ['co-developed-by', 'own'],
  ['authored-by', 'own'],
  ['generated-by', 'own'],
  ['signed-off-by', 'own'],
  ['assisted-by', 'assist'],
  ['ai-assisted-by', 'assist'],
]);
/** Conventions in which an agent is named without an address. */
const NAMED_WITHOUT_ADDRESS = new Set(['co-authored-by', 'generated-by', 'assisted-by', 'ai-assisted-by']);

const TRAILER = /^([A-Za-z][A-Za-z0-9-]{1,60}):\s*(\S.*)$/;
const ADDRESSED = /^(.*?)\s*<([^<>\s]{1,254})>[\s.,;]*$/;
/** Aider's `--attribute-commit-message-author` in front of the conventional subject that it writes; `aider: 0.86` alone can be a person's. */
const AIDER_SUBJECT = /^aider: (?:fix|feat|build|chore|ci|docs|style|refactor|perf|test)(?:\([^)]*\))?!?: \S/;

/** Everything that the commit declares; never throws, whatever the text. */
export function readMessage(commit: CommitWords): Declared {
  const found: Evidence[] = [];
  const add = (evidence: Evidence): void => {
    if (found.length < MAX_EVIDENCE && !found.some((other) => same(other, evidence))) found.push(evidence);
  };
  const { lines, squashed } = messageLines(commit.message);
  const author = identityEvidence(commit.author, 'author', commit.committed);
  if (author !== undefined) add(author);
  for (const [at, line] of lines.entries()) {
    const evidence = lineEvidence(line, commit.committed) ?? (at === 0 ? subjectEvidence(line) : undefined);
    if (evidence !== undefined) add(evidence);
  }
  const committer = identityEvidence(commit.committer, 'committer', commit.committed);
  // Who authored it has committed it: said once.
  if (committer !== undefined && committer.agent !== author?.agent) {
    add({ ...committer, role: 'assist', caveat: 'it committed what somebody else is named as the author of' });
  }
  const evidence = sortEvidence(found);
  const lost: string[] = [];
  if (squashed !== undefined && evidence.length > 0)
    lost.push(`${squashed} commits were squashed into this one: which of its lines the agent wrote cannot be told from its message`);
  return { evidence, lost };
}

/** Best first: records, then who wrote, then what nothing speaks against, then how directly it is said; otherwise as they came. */
export function sortEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((a, b) => rank(a) - rank(b));
}

const SOURCES: readonly EvidenceSource[] = ['git-ai', 'agent-trace', 'author', 'trailer', 'marker', 'committer'];

function rank({ tier, role, caveat, source }: Evidence): number {
  return (tier === 'recorded' ? 0 : 100) + (role === 'write' ? 0 : 50) + (caveat === undefined ? 0 : 25) + SOURCES.indexOf(source);
}

function identityEvidence(identity: Identity, source: 'author' | 'committer', committed: number): Evidence | undefined {
  const bySuffix = agentOfNameSuffix(identity.name);
  const agent = bySuffix ?? agentOfIdentity(identity);
  if (agent === undefined) return undefined;
  return declared(agent, source, `${identity.name} <${identity.email}>`, {
    model: bySuffix === undefined ? modelOfDisplayName(identity.name) : undefined,
    caveat: caveatOf(agent, identity.email, committed),
  });
}

function subjectEvidence(line: string): Evidence | undefined {
  if (!AIDER_SUBJECT.test(line)) return undefined;
  const agent = AGENTS.find(({ id }) => id === 'aider');
  return agent === undefined ? undefined : declared(agent, 'marker', line, { caveat: 'only the beginning of its subject says so' });
}

function lineEvidence(line: string, committed: number): Evidence | undefined {
  if (line.length > 2_000) return undefined;
  const trailer = TRAILER.exec(line);
  if (trailer !== null) {
    const evidence = trailerEvidence((trailer[1] ?? '').toLowerCase(), trailer[2] ?? '', line, committed);
    if (evidence !== undefined) return evidence;
  }
  for (const agent of AGENTS) {
    if (agent.markers.some((marker) => marker.test(line))) return declared(agent, 'marker', line, { caveat: agent.caveat });
  }
  return undefined;
}

function trailerEvidence(key: string, value: string, line: string, committed: number): Evidence | undefined {
  for (const agent of AGENTS) {
    if (agent.trailers.some((trailer) => trailer.key === key && trailer.value.test(value))) {
      return declared(agent, 'trailer', line, { caveat: agent.caveat });
    }
  }
  const kind = AUTHORSHIP.get(key);
  if (kind === undefined) return undefined;
  const addressed = ADDRESSED.exec(value);
  if (addressed !== null) {
    const identity: Identity = { name: unquote(addressed[1] ?? ''), email: addressed[2] ?? '' };
    const agent = agentOfIdentity(identity);
    if (agent === undefined) return undefined;
    return declared(agent, 'trailer', line, {
      role: kind === 'assist' ? 'assist' : agent.role,
      model: modelOfDisplayName(identity.name),
      caveat: caveatOf(agent, identity.email, committed),
    });
  }
  if (!NAMED_WITHOUT_ADDRESS.has(key) || value.includes('@')) return undefined;
  const named = agentOfWords(value) ?? (kind === 'assist' ? unknownAgentOfWords(value) : undefined);
  if (named === undefined) return undefined;
  return {
    tier: 'declared',
    source: 'trailer',
    agent: named.id,
    ...(named.model === undefined ? {} : { model: named.model.slice(0, MAX_TEXT) }),
    text: line.slice(0, MAX_TEXT),
    role: kind === 'assist' ? 'assist' : (named.agent?.role ?? 'write'),
    ...(named.caveat === undefined ? {} : { caveat: named.caveat }),
  };
}

function declared(
  agent: Agent,
  source: EvidenceSource,
  text: string,
  more: { readonly role?: 'write' | 'assist'; readonly model?: string | undefined; readonly caveat?: string | undefined },
): Evidence {
  return {
    tier: 'declared',
    source,
    agent: agent.id,
    ...(more.model === undefined ? {} : { model: more.model.slice(0, MAX_TEXT) }),
    text: text.slice(0, MAX_TEXT),
    role: more.role ?? agent.role,
    ...(more.caveat === undefined ? {} : { caveat: more.caveat }),
  };
}

function same(a: Evidence, b: Evidence): boolean {
  return a.agent === b.agent && a.source === b.source && a.text.toLowerCase() === b.text.toLowerCase();
}

function unquote(name: string): string {
  return name.replace(/^"(.*)"$/, '$1');
}
