/**
 * Packages, images and actions that a commit adds or takes from elsewhere, and what runs when they are installed. Manifests are compared entry by entry; lock
 * files only by where things come from and whether they are still pinned by their content.
 */
import type { Config } from './configs.js';
import type { DependencyChange } from './report.js';
import { at, leavesOf, listAt, mapsOf, textAt, type Setting } from './settings.js';
import type { Pair } from './side.js';

type Ecosystem = DependencyChange['ecosystem'];

interface Entry {
  readonly version: string;
  readonly line: number;
}

type Entries = Map<string, Entry>;

export function changedDependencies(pairs: readonly Pair[], configs: readonly Config[]): DependencyChange[] {
  const found: DependencyChange[] = [];
  for (const config of configs) {
    const name = config.path.slice(config.path.lastIndexOf('/') + 1);
    if (name === 'package.json') found.push(...compared(config.path, 'npm', npm(config.before), npm(config.after)), ...scripts(config));
    else if (name === 'pyproject.toml' || name === 'Pipfile')
      found.push(...compared(config.path, 'pypi', python(config.before), python(config.after)), ...buildBackend(config));
    else if (name === 'Cargo.toml') found.push(...compared(config.path, 'cargo', cargo(config.before), cargo(config.after)));
  }
  for (const pair of pairs) {
    const name = pair.change.path.slice(pair.change.path.lastIndexOf('/') + 1);
    const reader = READERS.find(({ file }) => file.test(name) || file.test(pair.change.path));
    if (reader !== undefined)
      found.push(
        ...compared(pair.change.path, reader.ecosystem, reader.read(readable(pair.before?.text)), reader.read(readable(pair.after?.text))),
      );
    if (
      /^(?:build\.rs|binding\.gyp|setup\.py|extconf\.rb)$|\.pth$/.test(name) &&
      pair.before === undefined &&
      pair.after !== undefined &&
      (name !== 'setup.py' || /setuptools|distutils/.test(pair.after.text))
    )
      found.push({
        path: pair.change.path,
        line: 1,
        ecosystem: name === 'build.rs' ? 'cargo' : name === 'binding.gyp' ? 'npm' : name === 'extconf.rb' ? 'rubygems' : 'pypi',
        kind: 'install-script',
        name,
        concern: 'runs when the package is built or installed',
      });
  }
  return found;
}

/** A manifest's text; endless lines and files are none that a person keeps. */
function readable(text: string | undefined): string {
  return text === undefined || text.length > 300_000 ? '' : text.replaceAll(/^.{1000,}$/gm, '');
}

/** What lock files say of places and contents; the files themselves are set apart. */
export function lockConcerns(path: string, before: string | undefined, after: string | undefined): DependencyChange[] {
  if (before === undefined || after === undefined) return [];
  const hosts = (text: string): Set<string> =>
    new Set(
      [
        ...text.matchAll(
          /(?:"resolved":\s*"|resolved\s+"|url\s*=\s*"|tarball:\s*)(?:git\+)?(https?|ssh|git):\/\/(?:[^/@"\s]*@)?([^/"\s]+)/g,
        ),
      ].map((match) => `${match[1]}://${match[2]}`),
    );
  const was = hosts(before);
  const found: DependencyChange[] = [];
  const ecosystem: Ecosystem = /package-lock|yarn|pnpm|bun|shrinkwrap/.test(path)
    ? 'npm'
    : /Cargo/.test(path)
      ? 'cargo'
      : /poetry|uv|pdm|Pipfile/.test(path)
        ? 'pypi'
        : 'other';
  for (const host of hosts(after)) {
    if (was.has(host)) continue;
    const at = after.indexOf(host.slice(host.indexOf('://')));
    found.push({
      path,
      line: after.slice(0, Math.max(0, at)).split('\n').length,
      ecosystem,
      kind: 'source-changed',
      name: host,
      concern: 'a new place that packages come from',
    });
  }
  if (ecosystem !== 'npm') return found;
  const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
  const pins = /"integrity":|integrity sha|integrity:|checksum = "|hash = "sha256|--hash=sha256/g;
  const packages = /"resolved":|resolved "|resolution:|\[\[package\]\]/g;
  const lost =
    count(before, packages) - count(before, pins) < count(after, packages) - count(after, pins) && count(before, pins) > count(after, pins);
  if (lost)
    found.push({
      path,
      line: 1,
      ecosystem,
      kind: 'source-changed',
      name: 'integrity',
      concern: `${count(before, pins) - count(after, pins)} packages are no longer pinned by their content`,
    });
  return found;
}

function compared(path: string, ecosystem: Ecosystem, was: Entries, now: Entries): DependencyChange[] {
  const found: DependencyChange[] = [];
  for (const [name, { version, line }] of now) {
    const old = was.get(name);
    if (old?.version === version) continue;
    const concern = concernOf(ecosystem, name, version);
    const previous = old === undefined ? undefined : concernOf(ecosystem, name, old.version);
    const moved = old !== undefined && sourceOf(old.version) !== sourceOf(version);
    const unpinned =
      old !== undefined && concern === undefined && exact(ecosystem, old.version) && !exact(ecosystem, version)
        ? 'it was pinned to one version'
        : undefined;
    // A tag of a new action is usual; one that took the place of a commit is not.
    const usual = old === undefined && concern !== undefined && concern.startsWith('a tag');
    const why = concern !== undefined && concern !== previous && !usual ? concern : unpinned;
    found.push({
      path,
      line,
      ecosystem,
      kind: old === undefined ? 'added' : moved ? 'source-changed' : 'version-changed',
      name,
      ...(version === '' ? {} : { version: version.slice(0, 120) }),
      ...(old === undefined ? {} : { was: old.version.slice(0, 120) }),
      ...(why === undefined ? {} : { concern: why }),
    });
  }
  return found;
}

function sourceOf(version: string): string {
  return (
    /^(?:git\+|git:|https?:|ssh:|file:|link:|github:|[\w-]+\/[\w-]+$)|\b(?:git|url|path)\s*=|@\s*(?:git\+)?https?:|=>/.exec(version)?.[0] ??
    ''
  );
}

function exact(ecosystem: Ecosystem, version: string): boolean {
  if (ecosystem === 'docker') return version.includes('@sha256:');
  if (ecosystem === 'github-actions') return /^[0-9a-f]{40}$/.test(version);
  if (ecosystem === 'pypi') return /^==[^*]+$/.test(version) || /--hash/.test(version);
  if (ecosystem === 'cargo') return version.startsWith('=');
  return /^v?\d+\.\d+(?:\.\d+)?[\w.+-]*$/.test(version);
}

function concernOf(ecosystem: Ecosystem, name: string, version: string): string | undefined {
  if (ecosystem === 'docker') {
    if (version.includes('@sha256:') || version.startsWith('$') || name === 'scratch') return undefined;
    return version === '' || version === 'latest' ? 'no fixed version' : undefined;
  }
  if (ecosystem === 'github-actions') {
    if (/^[0-9a-f]{40}$/.test(version)) return undefined;
    return /^(?:main|master|HEAD|latest|dev|develop)$/.test(version)
      ? 'a branch: it can change at any time'
      : name.startsWith('actions/')
        ? undefined
        : 'a tag can be moved: no pin to a commit';
  }
  if (/^(?:git\+|git:|ssh:|github:|gitlab:|bitbucket:)|\bgit\s*=/.test(version))
    return /#[0-9a-f]{7,40}$|@[0-9a-f]{40}|\brev\s*=/.test(version)
      ? 'from a repository instead of a registry'
      : 'from a repository instead of a registry, not pinned to a commit';
  if (/^https?:|@\s*https?:|\burl\s*=/.test(version)) return 'from an address instead of a registry';
  if (/=>/.test(version)) return 'replaced by another module';
  if (version === '*' || version === 'latest' || version === 'x' || version === 'next') return 'no fixed version';
  return undefined;
}

// ---- npm

function npm(root: Setting | undefined): Entries {
  const found: Entries = new Map();
  for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides', 'resolutions']) {
    for (const leaf of leavesOf(at(root, key)))
      found.set(key === 'overrides' || key === 'resolutions' ? `${key} ${leaf.path}` : leaf.path, {
        version: String(leaf.value ?? ''),
        line: leaf.line,
      });
  }
  return found;
}

const LIFECYCLE =
  /^(?:pre|post)?install$|^(?:pre|post)?prepare$|^prepublish$|^prepublishOnly$|^preprepare$|^(?:pre|post)pack$|^dependencies$/;

function scripts({ path, before, after }: Config): DependencyChange[] {
  const found: DependencyChange[] = [];
  for (const [name, script] of at(after, 'scripts')?.entries ?? []) {
    const now = textAt(script) ?? '';
    const was = textAt(at(before, 'scripts', name));
    if (!LIFECYCLE.test(name) || was === now) continue;
    // Hooks of git and builds of the own package are what `prepare` is for.
    const usual =
      /^(?:husky(?: install)?|is-ci \|\| husky.*|lefthook install|simple-git-hooks|patch-package|npm run build|tsc(?: -\w \S+)?|prisma generate)$/.test(
        now,
      );
    found.push({
      path,
      line: script.line,
      ecosystem: 'npm',
      kind: 'install-script',
      name,
      version: now.slice(0, 120),
      ...(was === undefined ? {} : { was: was.slice(0, 120) }),
      ...(usual ? {} : { concern: 'runs on every machine that installs this' }),
    });
  }
  for (const key of ['onlyBuiltDependencies', 'trustedDependencies']) {
    const was = new Set(mapsOf(before).flatMap(({ map }) => listAt(at(map, key)).map(({ text }) => text)));
    for (const { text, line } of mapsOf(after).flatMap(({ map }) => listAt(at(map, key))))
      if (!was.has(text))
        found.push({ path, line, ecosystem: 'npm', kind: 'install-script', name: text, concern: 'may run scripts when it is installed' });
  }
  return found;
}

// ---- Python

function requirement(text: string, line: number): [string, Entry] | undefined {
  const match = /^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(.*?)\s*(?:;.*|#.*)?$/.exec(text);
  return match === null
    ? undefined
    : [(match[1] as string).toLowerCase().replaceAll('_', '-'), { version: (match[2] as string).replace(/\s*\\$/, ''), line }];
}

function python(root: Setting | undefined): Entries {
  const found: Entries = new Map();
  const add = (text: string, line: number): void => {
    const entry = requirement(text, line);
    if (entry !== undefined) found.set(...entry);
  };
  for (const { text, line } of listAt(at(root, 'project', 'dependencies'))) add(text, line);
  for (const leaf of leavesOf(at(root, 'project', 'optional-dependencies'))) add(String(leaf.value), leaf.line);
  for (const leaf of leavesOf(at(root, 'dependency-groups'))) add(String(leaf.value), leaf.line);
  const tables = [
    at(root, 'tool', 'poetry', 'dependencies'),
    at(root, 'tool', 'poetry', 'dev-dependencies'),
    ...[...(at(root, 'tool', 'poetry', 'group')?.entries?.values() ?? [])].map((group) => at(group, 'dependencies')),
    at(root, 'packages'),
    at(root, 'dev-packages'),
    at(root, 'tool', 'uv', 'sources'),
  ];
  for (const table of tables)
    for (const [name, value] of table?.entries ?? [])
      found.set(name.toLowerCase(), { version: value.scalar === undefined ? tableText(value) : String(value.scalar), line: value.line });
  found.delete('python');
  return found;
}

function tableText(value: Setting): string {
  const version = textAt(at(value, 'version'));
  const source = ['git', 'url', 'path', 'rev', 'branch'].flatMap((key) =>
    at(value, key) === undefined ? [] : [`${key} = ${textAt(at(value, key)) ?? ''}`],
  );
  return source.length > 0 ? source.join(', ') : (version ?? '');
}

function buildBackend({ path, before, after }: Config): DependencyChange[] {
  const was = listAt(at(before, 'build-system', 'requires')).map(({ text }) => text);
  return listAt(at(after, 'build-system', 'requires'))
    .filter(({ text }) => before !== undefined && !was.includes(text))
    .map(
      ({ text, line }) =>
        ({
          path,
          line,
          ecosystem: 'pypi',
          kind: 'install-script',
          name: text,
          concern: 'runs when the package is built',
        }) satisfies DependencyChange,
    );
}

// ---- Rust

function cargo(root: Setting | undefined): Entries {
  const found: Entries = new Map();
  for (const { path, map } of mapsOf(root)) {
    if (!/(?:^|\.)(?:dependencies|dev-dependencies|build-dependencies|workspace\.dependencies|patch\.[^.]+)$/.test(path)) continue;
    for (const [name, value] of map.entries ?? [])
      found.set(name, { version: value.scalar === undefined ? tableText(value) : String(value.scalar), line: value.line });
  }
  return found;
}

// ---- by lines

interface Reader {
  readonly file: RegExp;
  readonly ecosystem: Ecosystem;
  readonly read: (text: string) => Entries;
}

function byLines(pattern: RegExp): (text: string) => Entries {
  return (text) => {
    const found: Entries = new Map();
    text.split(/\r?\n/).forEach((line, i) => {
      const match = pattern.exec(line);
      if (match?.groups !== undefined)
        found.set(match.groups['name'] as string, { version: (match.groups['version'] ?? '').trim(), line: i + 1 });
    });
    return found;
  };
}

const READERS: readonly Reader[] = [
  {
    file: /^(?:requirements|constraints)[^/]*\.(?:txt|in)$|^requirements\/.*\.txt$/,
    ecosystem: 'pypi',
    read: (text) => {
      const found: Entries = new Map();
      text.split(/\r?\n/).forEach((line, i) => {
        if (/^\s*(?:#|-r|-c|--)/.test(line) || line.trim() === '') return;
        const direct = /^\s*(?:-e\s+)?((?:git\+|https?:)\S+)/.exec(line);
        const entry =
          direct === null
            ? requirement(line, i + 1)
            : ([direct[1] as string, { version: direct[1] as string, line: i + 1 }] as [string, Entry]);
        if (entry !== undefined) found.set(...entry);
      });
      return found;
    },
  },
  {
    file: /^setup\.(?:py|cfg)$/,
    ecosystem: 'pypi',
    read: byLines(
      /^\s*["']?(?<name>[A-Za-z][\w.-]+)(?:\[[\w,]+\])?(?<version>(?:[=<>~!]=|[<>]|\s*@\s*(?:git\+)?https?:)[^"',#]+)["']?,?\s*$/,
    ),
  },
  {
    file: /^go\.mod$/,
    ecosystem: 'go',
    read: byLines(/^\s*(?:require\s+|replace\s+)?(?<name>[\w.-]+\.[\w.-]+\/\S+|[\w.-]+\.\w+\/\S+)\s+(?<version>v\S+|=>\s*\S+.*)/),
  },
  {
    file: /^Gemfile$|\.gemspec$/,
    ecosystem: 'rubygems',
    read: byLines(
      /^\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)\s*\(?\s*["'](?<name>[^"']+)["']\s*,?\s*(?<version>.*?)\)?\s*$/,
    ),
  },
  {
    file: /^build\.gradle(?:\.kts)?$/,
    ecosystem: 'maven',
    read: byLines(
      /^\s*(?:implementation|api|compileOnly|runtimeOnly|testImplementation|annotationProcessor|kapt|classpath)\b[\s(]*["'](?<name>[\w.-]+:[\w.-]+):(?<version>[^"']+)["']/,
    ),
  },
  {
    file: /^pom\.xml$/,
    ecosystem: 'maven',
    read: (text) => {
      const found: Entries = new Map();
      for (const match of text.matchAll(/<(?:dependency|plugin)>([\s\S]*?)<\/(?:dependency|plugin)>/g)) {
        const part = (tag: string): string => new RegExp(`<${tag}>\\s*([^<]*?)\\s*</${tag}>`).exec(match[1] as string)?.[1] ?? '';
        if (part('artifactId') !== '')
          found.set(`${part('groupId')}:${part('artifactId')}`, {
            version: part('version'),
            line: text.slice(0, match.index).split('\n').length,
          });
      }
      return found;
    },
  },
  {
    file: /(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.dockerfile$/i,
    ecosystem: 'docker',
    read: (text) => {
      const stages = new Set([...text.matchAll(/^\s*FROM\s+.*\sAS\s+(\S+)/gim)].map((match) => (match[1] as string).toLowerCase()));
      const found = byLines(/^\s*FROM\s+(?:--\S+\s+)*(?<name>[^\s:@]+(?::\d+\/[^\s:@]+)?)(?::(?=\S)|(?=@)|(?=\s|$))(?<version>\S*)/i)(text);
      for (const stage of stages) found.delete(stage);
      return found;
    },
  },
  {
    file: /(?:^|\/)\.github\/(?:workflows|actions)\/.+\.ya?ml$/,
    ecosystem: 'github-actions',
    read: byLines(/^\s*-?\s*uses:\s*["']?(?<name>[\w.-]+\/[^@\s"']+)@(?<version>[^\s"'#]+)/),
  },
  { file: /^\.pre-commit-config\.yaml$/, ecosystem: 'other', read: byLines(/^\s*-\s*repo:\s*(?<name>https?:\S+)(?<version>)/) },
];
