/**
 * The table of agents, read once: whose address or account an identity is, and whom a name in a convention or a record means. The table is data
 * (`agents.json`); what is here only looks things up, the same way for every entry. An address decides. A name alone never makes an agent of an identity.
 */
import table from './agents.json' with { type: 'json' };

/** How an identity must look to be the agent's: an e-mail address, or the account in one of GitHub's `noreply` addresses. */
interface AgentIdentity {
  readonly email?: string;
  readonly login?: string;
  /** The account's number, where several agents share a login. */
  readonly id?: number;
  /** Lower case; how the name must begin, where several agents share an address. */
  readonly name?: string;
}

/** One agent; every expression is compiled. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly role: 'write' | 'assist';
  readonly identities: readonly AgentIdentity[];
  /** Of the author's or committer's name, lower case. */
  readonly nameSuffix?: string;
  /** Lower case: what conventions and records call it. */
  readonly names: readonly string[];
  /** People are called so too: the bare name says less. */
  readonly namesOfPeople: boolean;
  /** Each matches a whole line of a message. */
  readonly markers: readonly RegExp[];
  /** Keys are lower case. */
  readonly trailers: readonly { readonly key: string; readonly value: RegExp }[];
  readonly caveat?: string;
}

/** A name and an address, as a commit or a trailer has them: untrusted text. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

interface AgentData {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly identities: readonly AgentIdentity[];
  readonly nameSuffix?: string;
  readonly names: readonly string[];
  readonly namesOfPeople?: boolean;
  readonly markers?: readonly string[];
  readonly trailers?: readonly { readonly key: string; readonly value: string }[];
  readonly caveat?: string;
}

const DATA: readonly AgentData[] = table.agents;

/** All agents, in the table's order. */
export const AGENTS: readonly Agent[] = DATA.map((entry) => ({
  id: entry.id,
  name: entry.name,
  role: entry.role === 'assist' ? 'assist' : 'write',
  identities: entry.identities,
  ...(entry.nameSuffix === undefined ? {} : { nameSuffix: entry.nameSuffix.toLowerCase() }),
  names: entry.names,
  namesOfPeople: entry.namesOfPeople ?? false,
  markers: (entry.markers ?? []).map((text) => new RegExp(text, 'iu')),
  trailers: (entry.trailers ?? []).map(({ key, value }) => ({ key: key.toLowerCase(), value: new RegExp(value, 'iu') })),
  ...(entry.caveat === undefined ? {} : { caveat: entry.caveat }),
}));

interface Owner {
  readonly identity: AgentIdentity;
  /** Undefined: a program that is no AI, e.g. one that updates dependencies. */
  readonly agent?: Agent;
}

const OWNERS = new Map<string, Owner[]>();
for (const agent of AGENTS) for (const identity of agent.identities) own(identity, agent);
for (const { identities } of table.automation) for (const identity of identities) own(identity);

function own(identity: AgentIdentity, agent?: Agent): void {
  const key = identity.email?.toLowerCase() ?? `login ${(identity.login ?? '').toLowerCase()}`;
  const owners = OWNERS.get(key) ?? [];
  owners.push({ identity, ...(agent === undefined ? {} : { agent }) });
  OWNERS.set(key, owners);
}

const NOREPLY = /^(?:(\d{1,12})\+)?([\w.-]{1,100}(?:\[bot\])?)@users\.noreply\.github\.com$/i;

/** Whose the address is; undefined where it is nobody's that the table knows, or a program's that is no AI. */
export function agentOfIdentity({ name, email }: Identity): Agent | undefined {
  const address = email.trim().toLowerCase();
  const account = NOREPLY.exec(address);
  const owners = OWNERS.get(account === null ? address : `login ${account[2] ?? ''}`);
  const lowerName = name.trim().toLowerCase();
  let best: { readonly agent: Agent | undefined; readonly rank: number } | undefined;
  for (const { identity, agent } of owners ?? []) {
    if (identity.name !== undefined && !startsWithWord(lowerName, identity.name)) continue;
    if (identity.id !== undefined && identity.id !== Number(account?.[1])) continue;
    const rank = (identity.name === undefined ? 0 : 2) + (identity.id === undefined ? 0 : 1);
    if (best === undefined || rank > best.rank) best = { agent, rank };
  }
  return best?.agent;
}

/** Whose suffix the author's or committer's name has, e.g. `Jane Doe (aider)`. */
export function agentOfNameSuffix(name: string): Agent | undefined {
  const lower = name.trim().toLowerCase();
  return AGENTS.find(({ nameSuffix }) => nameSuffix !== undefined && lower.endsWith(nameSuffix));
}

/** What a convention or a record calls an agent. */
export interface NamedAgent {
  /** `other`: an agent or a model that the table does not know. */
  readonly id: string;
  readonly agent?: Agent;
  readonly model?: string;
  readonly caveat?: string;
}

const BY_NAME = AGENTS.flatMap((agent) => agent.names.map((name) => ({ name, agent }))).toSorted((a, b) => b.name.length - a.name.length);
const MODEL_WORDS = new Set(table.modelWords);
const MODEL_FAMILY = new RegExp(`^(?:[\\w.-]+/)?(?:${table.modelFamilies.join('|')})(?:[- ]?v?\\d|:|-[a-z]+-?\\d)`, 'i');

/**
 * Whom `Assisted-by: TEXT` and its like mean, where TEXT has no address: `Claude:claude-3-opus sparse`, `Claude Opus 4.6`, `GLM-5 via Crush`, `ChatGPT`.
 * A name that goes on like a person's (`Claude Paroz`) is a person.
 */
export function agentOfWords(text: string): NamedAgent | undefined {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '' || words.length > 200) return undefined;
  const lower = words.toLowerCase();
  const via = lower.lastIndexOf(' via ');
  if (via > 0) {
    const carrier = agentOfWords(words.slice(via + 5));
    return carrier === undefined ? undefined : { ...carrier, model: words.slice(0, via) };
  }
  for (const { name, agent } of BY_NAME) {
    if (!startsWithWord(lower, name)) continue;
    const rest = words.slice(name.length);
    const found = { id: agent.id, agent, ...(agent.caveat === undefined ? {} : { caveat: agent.caveat }) };
    if (rest === '') return agent.namesOfPeople && !name.includes(' ') ? { ...found, caveat: `people are called ${words}, too` } : found;
    if (rest.startsWith(':')) {
      const model = modelOf(rest.slice(1));
      return { ...found, ...(model === '' ? {} : { model }) };
    }
    if (!looksLikeModel(rest)) continue;
    return { ...found, model: words };
  }
  if (MODEL_FAMILY.test(words)) return { id: 'other', model: words };
  return undefined;
}

/** `Assisted-by: NAME:MODEL [TOOL ...]` of an agent that the table does not know. */
export function unknownAgentOfWords(text: string): NamedAgent | undefined {
  const found = /^[A-Za-z][\w.-]{0,60}:([\w][\w./@-]{0,120})(?:\s|$)/.exec(text.trim());
  return found === null ? undefined : { id: 'other', ...(found[1] === undefined ? {} : { model: found[1] }) };
}

/** Whom a record's name of a tool means: the whole name, nothing more. */
export function agentOfTool(tool: string): Agent | undefined {
  const lower = tool.trim().toLowerCase();
  return AGENTS.find(({ id, names }) => id === lower || names.includes(lower));
}

/** Of a display name with an agent's address: the model that it names, if it names one. */
export function modelOfDisplayName(name: string): string | undefined {
  if (name.endsWith('[bot]')) return undefined;
  const inside = /\(([^()]{1,100})\)\s*$/.exec(name);
  if (inside?.[1] !== undefined && /\d/.test(inside[1]) && !/context\b/i.test(inside[1])) return inside[1];
  const via = /^(.{1,150}?) via \S/i.exec(name);
  if (via?.[1] !== undefined) return via[1];
  return /\d|\b(?:opus|sonnet|haiku)\b/i.test(name) ? name.trim() : undefined;
}

/** Why a declaration by this address might be wrong at this time. @param committed seconds since 1970 */
export function caveatOf(agent: Agent, email: string, committed: number): string | undefined {
  const day = Number.isFinite(committed) && Math.abs(committed) < 8.64e12 ? new Date(committed * 1000).toISOString().slice(0, 10) : '';
  const address = email.trim().toLowerCase();
  const open = table.windows.find((entry) => entry.agent === agent.id && entry.email === address && day >= entry.from && day <= entry.to);
  return open?.caveat ?? agent.caveat;
}

/** `claude` begins `claude`, `claude opus 4`, `claude:x` and `claude-3`, not `claudette`. */
function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && (text.length === word.length || /[^\p{L}\p{N}_]/u.test(text.charAt(word.length)));
}

function looksLikeModel(rest: string): boolean {
  if (/\d/.test(rest)) return true;
  return rest
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => MODEL_WORDS.has(word));
}

/** The kernel's form ends with tools, which have no part in the model's name. */
function modelOf(rest: string): string {
  const text = rest.trim();
  const first = text.split(' ')[0] ?? '';
  return /\d/.test(first) ? first : text;
}
