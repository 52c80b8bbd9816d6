/**
 * One session per distinct set of rules, shared by the folders that agree on it: compiled rules are the largest
 * thing in memory. A session that no folder wants any more ends when its last scan has.
 */
import type { RuleId, RuleInfo, Session, SessionConfig } from '../core/index.js';
import type { LspHost } from './host.js';

export interface RuleSet {
  readonly config: SessionConfig;
  readonly session: Session;
  readonly rules: ReadonlyMap<RuleId, RuleInfo>;
  /** Runs `work` with the promise that the session is not disposed of meanwhile. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

interface Entry {
  readonly set: Promise<RuleSet>;
  retired: boolean;
  users: number;
}

export interface Sessions {
  get(config: SessionConfig): Promise<RuleSet>;
  /** Retires every session whose configuration is not among `wanted`. */
  keepOnly(wanted: readonly SessionConfig[]): void;
  dispose(): void;
}

export function createSessions(host: Pick<LspHost, 'createSession'>): Sessions {
  const entries = new Map<string, Entry>();
  /** Numbers that stand for texts of rule files in the keys: the texts are megabytes. */
  const texts = new Map<string, number>();
  let lastText = 0;
  const numberOf = (text: string): number => {
    let number = texts.get(text);
    if (number === undefined) texts.set(text, (number = ++lastText));
    return number;
  };
  const keyOf = ({ profile, disabledRules, sources }: SessionConfig): string =>
    JSON.stringify([
      profile,
      [...(disabledRules ?? [])].toSorted(),
      sources.map(({ path, pack, vetted, text }) => [path, pack, vetted, numberOf(text)]),
    ]);

  const disposeIfIdle = (entry: Entry): void => {
    if (!entry.retired || entry.users > 0) return;
    void entry.set.then(
      (set) => set.session.dispose(),
      () => undefined,
    );
  };

  const create = (config: SessionConfig, key: string): Entry => {
    const entry: Entry = {
      retired: false,
      users: 0,
      set: host.createSession(config).then((session) => ({
        config,
        session,
        rules: new Map(session.rules.map((rule) => [rule.id, rule])),
        async use(work) {
          entry.users++;
          try {
            return await work(session);
          } finally {
            entry.users--;
            disposeIfIdle(entry);
          }
        },
      })),
    };
    // A failure is reported to whoever awaits it; the next request tries again.
    entry.set.catch(() => entries.delete(key));
    return entry;
  };

  const retire = (key: string, entry: Entry): void => {
    entries.delete(key);
    entry.retired = true;
    disposeIfIdle(entry);
  };

  return {
    get(config) {
      const key = keyOf(config);
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = create(config, key);
        entries.set(key, entry);
      }
      return entry.set;
    },
    keepOnly(wanted) {
      const keys = new Set(wanted.map(keyOf));
      for (const [key, entry] of entries) if (!keys.has(key)) retire(key, entry);
      const read = new Set(wanted.flatMap(({ sources }) => sources.map(({ text }) => text)));
      for (const text of texts.keys()) if (!read.has(text)) texts.delete(text);
    },
    dispose() {
      for (const [key, entry] of entries) retire(key, entry);
    },
  };
}
