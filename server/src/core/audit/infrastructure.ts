/**
 * Containers, clusters and cloud policies that allow more than before. The settings of both sides are compared by where they stand, not by how they are
 * written; what a new file allows is new, too.
 */
import type { Severity } from '../model/rule.js';
import type { Widened } from './report.js';
import { widening, type Config } from './configs.js';
import { at, leavesOf, listAt, mapsOf, textAt, type Leaf, type Setting } from './settings.js';
import { lineAt, type Pair } from './side.js';

interface Row {
  readonly kind: string;
  readonly path: RegExp;
  readonly wide: RegExp;
  readonly message: string;
  readonly severity: Severity;
}

const ROWS: readonly Row[] = [
  {
    kind: 'container-privilege',
    path: /(?:^|\.)privileged$/,
    wide: /^true$/,
    message: 'the container has all rights of its host',
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)allowPrivilegeEscalation$/,
    wide: /^true$/,
    message: 'a process in the container may gain more rights',
    severity: 'WARNING',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:runAsNonRoot|readOnlyRootFilesystem|read_only)$/,
    wide: /^false$/,
    message: 'the container may run as root or write to its own system',
    severity: 'WARNING',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:runAsUser|runAsGroup|user)$/,
    wide: /^(?:0|root|0:0|root:root)$/,
    message: 'the container runs as root',
    severity: 'WARNING',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:hostNetwork|hostPID|hostIPC)$/,
    wide: /^true$/,
    message: "the container shares its host's network or processes",
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:network_mode|pid|ipc|userns_mode)$/,
    wide: /^host$/,
    message: "the container shares its host's network or processes",
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:cap_add|capabilities\.add)\[\]$/,
    wide: /./,
    message: 'the container gets a capability',
    severity: 'WARNING',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)security_opt\[\]$/,
    wide: /unconfined|label[:=]disable|no-new-privileges[:=]false/,
    message: 'the container is no longer confined',
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:seccompProfile|appArmorProfile)\.type$/,
    wide: /^Unconfined$/,
    message: 'the container is no longer confined',
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)(?:volumes\[[^\]]*\](?:\.source)?|hostPath\.path)$/,
    wide: /docker\.sock|containerd\.sock|^\/:|^\/$|^\/(?:etc|root|var\/run|proc|sys)(?::|\/?$)|^~\/|^\$\{?HOME/,
    message: "the container sees its host's files or its container engine",
    severity: 'ERROR',
  },
  {
    kind: 'container-privilege',
    path: /(?:^|\.)automountServiceAccountToken$/,
    wide: /^true$/,
    message: 'the container gets a token of the cluster',
    severity: 'INFO',
  },
  { kind: 'network', path: /(?:^|\.)ports\[\]$/, wide: /^0\.0\.0\.0:/, message: 'the port is open to every network', severity: 'WARNING' },
  {
    kind: 'iam',
    path: /(?:^|\.)rules\[\]\.(?:verbs|resources|apiGroups)\[\]$/,
    wide: /^\*$/,
    message: 'a role of the cluster may do everything',
    severity: 'ERROR',
  },
  {
    kind: 'iam',
    path: /(?:^|\.)roleRef\.name$/,
    wide: /^cluster-admin$/,
    message: 'somebody becomes administrator of the cluster',
    severity: 'ERROR',
  },
  {
    kind: 'cors',
    path: /(?:allow_?_?origins?|allowedOrigins?|cors\.origin|Access-Control-Allow-Origin|AllowedOrigins)(?:\[\])?$/i,
    wide: /^['"]?\*['"]?$/,
    message: 'every site may call this',
    severity: 'WARNING',
  },
  {
    kind: 'network',
    path: /(?:CidrIp|cidr_blocks|source_ranges|loadBalancerSourceRanges|whitelist-source-range|ipAllowList)(?:\[\])?$/i,
    wide: /^(?:0\.0\.0\.0\/0|::\/0)$/,
    message: 'every address may connect',
    severity: 'ERROR',
  },
  {
    kind: 'storage',
    path: /(?:PublicReadWrite|AccessControl|acl|predefinedAcl)$/,
    wide: /^(?:PublicRead|public-read|PublicReadWrite|public-read-write|publicRead)$/i,
    message: 'everybody may read this',
    severity: 'ERROR',
  },
  {
    kind: 'storage',
    path: /(?:BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)$/,
    wide: /^false$/,
    message: 'it may be made public',
    severity: 'ERROR',
  },
];

/** Settings whose absence allows more. */
const GUARDS =
  /(?:^|\.)(?:runAsNonRoot|readOnlyRootFilesystem|read_only|no-new-privileges|seccompProfile\.type|capabilities\.drop\[\]|cap_drop\[\]|security_opt\[\])$/;

const NOT_HERE = /(?:^|\/)(?:package(?:-lock)?\.json|tsconfig[^/]*\.json|\.github\/.*|[^/]*\.schema\.json)$/;

export function widenedInfrastructure(pairs: readonly Pair[], configs: readonly Config[]): Widened[] {
  return [
    ...configs
      .filter(({ path, after }) => after !== undefined && !NOT_HERE.test(path))
      .flatMap((config) => [...leaves(config), ...policies(config)]),
    ...pairs.flatMap(dockerUser),
  ];
}

/** Places with the names of list items left out, so that `volumes[data]` is a volume. */
function placed(leaf: Leaf): string {
  return leaf.path.replaceAll(/\[[^\]]*\]/g, '[]');
}

function leaves({ path, before, after }: Config): Widened[] {
  const was = leavesOf(before);
  const now = leavesOf(after);
  const found: Widened[] = [];
  for (const leaf of now) {
    const place = placed(leaf);
    const row = ROWS.find((one) => one.path.test(place) && one.wide.test(String(leaf.value)));
    if (row === undefined) continue;
    const same = (leaves: readonly Leaf[]): number =>
      leaves.filter((other) => other.key === leaf.key && String(other.value) === String(leaf.value)).length;
    if (same(was) >= same(now) || was.some((old) => old.path === leaf.path && String(old.value) === String(leaf.value))) continue;
    const old = was.find((other) => other.path === leaf.path);
    found.push(
      widening(
        path,
        leaf.line,
        row.kind,
        place,
        old === undefined ? '' : String(old.value),
        String(leaf.value),
        `${row.message}: ${String(leaf.value).slice(0, 60)}`,
        row.severity,
      ),
    );
  }
  for (const leaf of was) {
    const place = placed(leaf);
    if (!GUARDS.test(place) || /^(?:false|Unconfined)$/.test(String(leaf.value)) || /unconfined/.test(String(leaf.value))) continue;
    if (
      now.some((other) => placed(other) === place && String(other.value) === String(leaf.value)) ||
      now.some((other) => other.path === leaf.path && place.endsWith(']') === false)
    )
      continue;
    // Gone with what it was for.
    const owner = leaf.path.split(/\.securityContext|\.security_opt|\.read_only|\.cap_drop|\.capabilities/)[0] ?? '';
    if (!now.some((other) => other.path.startsWith(owner))) continue;
    found.push(
      widening(
        path,
        now.find((other) => other.path.startsWith(owner))?.line ?? 1,
        'container-privilege',
        place,
        String(leaf.value),
        '',
        `\`${leaf.key}\` no longer confines the container: it was ${String(leaf.value).slice(0, 60)}`,
        'WARNING',
      ),
    );
  }
  return found;
}

// ---- policies of clouds

interface Grant {
  readonly line: number;
  readonly what: string;
  readonly wide: Severity;
}

function grantsOf(root: Setting | undefined): Map<string, Grant> {
  const found = new Map<string, Grant>();
  for (const { map } of mapsOf(root)) {
    if (textAt(at(map, 'Effect')) !== 'Allow') continue;
    for (const key of ['Action', 'NotAction', 'Resource', 'NotResource', 'Principal']) {
      const value = at(map, key);
      const entries =
        value?.entries === undefined ? listAt(value) : leavesOf(value).map((leaf) => ({ text: String(leaf.value), line: leaf.line }));
      for (const { text, line } of entries) {
        const conditioned = at(map, 'Condition') !== undefined;
        const wide =
          key.startsWith('Not') || text === '*'
            ? key === 'Resource' || conditioned
              ? 'WARNING'
              : 'ERROR'
            : text.endsWith(':*') && key === 'Action'
              ? 'WARNING'
              : 'INFO';
        found.set(`${key} ${text}${conditioned ? ' if' : ''}`, { line, what: `${key} ${text}`, wide });
      }
    }
  }
  return found;
}

function policies({ path, before, after }: Config): Widened[] {
  const was = grantsOf(before);
  return [...grantsOf(after)].flatMap(([key, grant]) => {
    if (was.has(key) || was.has(key.replace(/ if$/, ''))) return [];
    const [name, text = ''] = grant.what.split(' ');
    const covered = [...was.values()].some(({ what }) => {
      const [other, pattern = ''] = what.split(' ');
      return other === name && pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1)) && pattern !== text;
    });
    if (covered) return [];
    const lostCondition = was.has(`${key} if`);
    return [
      widening(
        path,
        grant.line,
        'iam',
        name ?? '',
        '',
        text,
        lostCondition ? `${grant.what.slice(0, 80)} is allowed without a condition now` : `${grant.what.slice(0, 80)} is allowed now`,
        lostCondition ? 'WARNING' : grant.wide,
      ),
    ];
  });
}

// ---- Dockerfiles

const DOCKERFILE = /(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.dockerfile$/i;

function dockerUser({ change, before, after }: Pair): Widened[] {
  if (!DOCKERFILE.test(change.path) || after === undefined) return [];
  const user = (text: string): { name: string; line: number } => {
    let found = { name: '', line: 0 };
    text.split('\n').forEach((line, i) => {
      if (/^\s*FROM\b/i.test(line)) found = { name: '', line: i + 1 };
      const named = /^\s*USER\s+(\S+)/i.exec(line);
      if (named !== null) found = { name: named[1] as string, line: i + 1 };
    });
    return found;
  };
  const root = (name: string): boolean => /^(?:|root|0)(?::.*)?$/.test(name);
  const now = user(after.text);
  const was = before === undefined ? undefined : user(before.text);
  if (was === undefined || root(was.name) || !root(now.name)) return [];
  return [
    widening(
      change.path,
      Math.max(1, now.line || lineAt(after, after.text.length)),
      'container-privilege',
      'USER',
      was.name,
      now.name || 'root',
      'the container runs as root again',
      'WARNING',
    ),
  ];
}
