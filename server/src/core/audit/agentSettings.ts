/**
 * Settings of coding agents and editors that allow an agent more than before: permissions, modes, sandboxes, hooks, servers of tools. The effect is compared:
 * an entry that an older, broader one covered already allows nothing new.
 */
import type { Severity } from '../model/rule.js';
import { widening, type Config } from './configs.js';
import type { Widened } from './report.js';
import { at, leavesOf, listAt, mapsOf, textAt, type Setting } from './settings.js';

const AGENT_FILES =
  /(?:^|\/)(?:\.claude\/[^/]*\.json|\.mcp\.json|mcp\.json|mcp[_-]config\.json|mcp_settings\.json|claude_desktop_config\.json|\.cursor\/[^/]+\.json|\.vscode\/[^/]+\.json|[^/]+\.code-workspace|\.codex\/[^/]+\.toml|\.gemini\/[^/]+\.json|\.qwen\/[^/]+\.json|opencode\.jsonc?|\.opencode\/[^/]+\.jsonc?|\.?crush\.json|\.aider\.conf\.ya?ml|\.goose\/[^/]+\.ya?ml|\.amazonq\/[^/]+\.json|\.kiro\/.+\.json|\.roo\/[^/]+\.json|\.continue\/[^/]+\.(?:json|ya?ml)|\.windsurf\/[^/]+\.json|\.devcontainer\/devcontainer\.json|\.github\/hooks\/[^/]+\.json|\.zed\/settings\.json|\.copilot\/.+\.json)$/;

export function isAgentFile(path: string): boolean {
  return AGENT_FILES.test(path);
}

export function widenedAgents(configs: readonly Config[]): Widened[] {
  return configs
    .filter(({ path, after }) => isAgentFile(path) && after !== undefined)
    .flatMap((config) => [...permissions(config), ...modes(config), ...hooks(config), ...servers(config), ...tasks(config)]);
}

// ---- lists of what is allowed and denied

interface ListRow {
  readonly path: readonly string[];
  /** `more`: what is added allows more; `less`: what is taken away does. */
  readonly widensBy: 'more' | 'less';
}

const LISTS: readonly ListRow[] = [
  { path: ['permissions', 'allow'], widensBy: 'more' },
  { path: ['permissions', 'deny'], widensBy: 'less' },
  { path: ['permissions', 'ask'], widensBy: 'less' },
  { path: ['permissions', 'additionalDirectories'], widensBy: 'more' },
  { path: ['permissions', 'allowed_tools'], widensBy: 'more' },
  { path: ['enabledMcpjsonServers'], widensBy: 'more' },
  { path: ['disabledMcpjsonServers'], widensBy: 'less' },
  { path: ['sandbox', 'excludedCommands'], widensBy: 'more' },
  { path: ['sandbox', 'network', 'allowedDomains'], widensBy: 'more' },
  { path: ['sandbox_workspace_write', 'writable_roots'], widensBy: 'more' },
  { path: ['coreTools'], widensBy: 'more' },
  { path: ['excludeTools'], widensBy: 'less' },
  { path: ['tools', 'core'], widensBy: 'more' },
  { path: ['tools', 'allowed'], widensBy: 'more' },
  { path: ['tools', 'exclude'], widensBy: 'less' },
  { path: ['allowedTools'], widensBy: 'more' },
  { path: ['allowed_tools'], widensBy: 'more' },
  { path: ['autoApprove'], widensBy: 'more' },
  { path: ['alwaysAllow'], widensBy: 'more' },
  { path: ['terminalAllowlist'], widensBy: 'more' },
  { path: ['mcpAllowlist'], widensBy: 'more' },
  { path: ['capAdd'], widensBy: 'more' },
  { path: ['runArgs'], widensBy: 'more' },
  { path: ['mounts'], widensBy: 'more' },
];

function permissions({ path, before, after }: Config): Widened[] {
  const found: Widened[] = [];
  for (const row of LISTS) {
    const was = listAt(at(before, ...row.path));
    const now = listAt(at(after, ...row.path));
    const setting = row.path.join('.');
    const anchor = at(after, ...row.path)?.line ?? at(after, row.path[0] as string)?.line ?? 1;
    if (row.widensBy === 'more') {
      for (const entry of now) {
        if (was.some(({ text }) => covers(text, entry.text))) continue;
        found.push(
          widening(
            path,
            entry.line,
            'agent-permission',
            setting,
            '',
            entry.text,
            `an agent may do more without asking: ${entry.text.slice(0, 80)}`,
            breadth(entry.text),
          ),
        );
      }
      continue;
    }
    const stricter = setting === 'permissions.ask' ? listAt(at(after, 'permissions', 'deny')) : [];
    for (const entry of was) {
      if ([...now, ...stricter].some(({ text }) => covers(text, entry.text))) continue;
      found.push(
        widening(
          path,
          anchor,
          'agent-permission',
          setting,
          entry.text,
          '',
          `an agent is no longer ${setting.endsWith('ask') ? 'asked about' : 'kept from'} ${entry.text.slice(0, 80)}`,
          'WARNING',
        ),
      );
    }
  }
  return found;
}

/** Whether a rule of permissions covers another: `Bash` covers `Bash(git status)`, `Bash(git:*)` covers `Bash(git status:*)`. */
function covers(broad: string, narrow: string): boolean {
  if (broad === narrow || broad === '*') return true;
  const [, tool, inside] = /^([^(]+)(?:\((.*)\))?$/s.exec(broad) ?? [];
  const [, otherTool, otherInside] = /^([^(]+)(?:\((.*)\))?$/s.exec(narrow) ?? [];
  if (tool === undefined || otherTool === undefined) return false;
  if (tool !== otherTool) return tool.endsWith('*') && otherTool.startsWith(tool.slice(0, -1));
  if (inside === undefined || inside === '*' || inside === '**') return true;
  if (otherInside === undefined) return false;
  const prefix = inside.replace(/(?::\*|\*+)$/, '');
  return prefix !== inside && otherInside.startsWith(prefix);
}

/** How much an entry allows. */
function breadth(entry: string): Severity {
  if (
    /^(?:\*|Bash|Shell|Bash\(\s*(?::?\*)+\s*\)|Shell\(\**\)|Bash\((?:sudo|rm|sh|bash|zsh|eval|curl|wget|python3?|node|npx|ssh|docker|kubectl|aws|gcloud|chmod|dd)(?:[ :].*)?\)|run_shell_command|execute_command|--privileged)$/.test(
      entry,
    )
  )
    return 'ERROR';
  if (
    /privileged|docker\.sock|--cap-add|network=host|git push|:\*\)|\*|^(?:WebFetch|Write|Edit|MultiEdit|NotebookEdit|mcp__\w+|~|\/)$/.test(
      entry,
    )
  )
    return 'WARNING';
  return 'INFO';
}

// ---- modes

interface ModeRow {
  readonly setting: RegExp;
  /** From narrow to wide. */
  readonly order: readonly RegExp[];
}

const MODES: readonly ModeRow[] = [
  {
    setting:
      /(?:^|\.)(?:defaultMode|permission_?mode|approvalMode|defaultApprovalMode|approval_policy|approval_mode|GOOSE_MODE|agentMode|permission(?:\.(?:bash|edit|webfetch|external_directory|\*))?)$/,
    order: [
      /^(?:plan|deny|untrusted|dontAsk|approve|chat)$/,
      /^(?:default|ask|on-request|suggest|smart_approve|prompt)$/,
      /^(?:acceptEdits|auto_?edit|on-failure|auto-edit)$/,
      /^(?:auto|full-auto|allow)$/,
      /^(?:bypassPermissions|never|yolo)$/,
    ],
  },
  {
    setting: /(?:^|\.)(?:sandbox_mode|sandbox)$/,
    order: [/^(?:read-only|strict)$/, /^(?:workspace-write|true|docker|podman|sandbox-exec)$/, /^(?:danger-full-access|false|none|off)$/],
  },
  { setting: /(?:^|\.)(?:trust_level)$/, order: [/^untrusted$/, /^trusted$/] },
  {
    setting: /(?:^|\.)(?:security\.workspace\.trust\.enabled|sandbox\.enabled|requireApproval|confirm|security\.\w*trust\w*)$/,
    order: [/^true$/, /^false$/],
  },
  { setting: /(?:^|\.)task\.allowAutomaticTasks$/, order: [/^off$/, /^on$/] },
  {
    setting:
      /(?:^|\.)(?:network_access|enableAllProjectMcpServers|dangerouslySkipPermissions|skipDangerousModePermissionPrompt|dangerously_allow_\w+|yolo|yes-always|yes|auto-?test-cmd|auto_?accept|autoAccept|autoAcceptEdits|autoApprove|chat\.tools\.autoApprove|chat\.tools\.global\.autoApprove|chat\.tools\.edits\.autoApprove|chat\.tools\.terminal\.enableAutoApprove|autoRun|autoApprovalEnabled|alwaysAllow\w*|always_allow|trust|allowUnsandboxedCommands|enableWeakerNestedSandbox|chat\.agent\.autoFix|allow_?all\w*|privileged|web_search|include_only|shell_environment_policy\.ignore_default_excludes|terminal\.auto\w+|auto_run)$/,
    order: [/^false$/, /^true$/],
  },
  { setting: /(?:^|\.)chat\.tools\.(?:terminal|edits|urls)\.autoApprove\..*$/, order: [/^false$/, /^true$/] },
];

function modes({ path, before, after }: Config): Widened[] {
  const was = new Map(leavesOf(before).map((leaf) => [leaf.path, leaf]));
  const now = leavesOf(after);
  const found: Widened[] = [];
  for (const leaf of now) {
    const row = MODES.find(({ setting }) => setting.test(leaf.path));
    if (row === undefined) continue;
    const rank = (value: unknown): number => row.order.findIndex((step) => step.test(String(value)));
    const old = was.get(leaf.path);
    const from = old === undefined ? 0 : rank(old.value);
    const to = rank(leaf.value);
    if (to < 0 || to <= Math.max(0, from)) continue;
    // Without a setting, the default is the cautious one of the list: only what goes beyond it is wider.
    if (old === undefined && row.order.length > 2 && to <= 1) continue;
    const widest = to === row.order.length - 1;
    found.push(
      widening(
        path,
        leaf.line,
        'agent-permission',
        leaf.path,
        old === undefined ? '' : String(old.value),
        String(leaf.value),
        `\`${leaf.key}\` lets an agent do more: ${old === undefined ? 'unset' : String(old.value)} became ${String(leaf.value)}`,
        widest ? 'ERROR' : 'WARNING',
      ),
    );
  }
  const kept = new Map(now.map((leaf) => [leaf.path, leaf]));
  for (const [name, leaf] of was) {
    if (kept.has(name)) continue;
    if (
      !/(?:disableBypassPermissionsMode|sandbox\.enabled|sandbox_mode|sandbox|approval_policy|security\.workspace\.trust\.enabled|requireApproval)$/.test(
        name,
      )
    )
      continue;
    if (/^(?:false|never|off|danger-full-access|none)$/.test(String(leaf.value))) continue;
    found.push(
      widening(
        path,
        1,
        'agent-permission',
        name,
        String(leaf.value),
        '',
        `\`${leaf.key}\` no longer holds an agent back: it was ${String(leaf.value)}`,
        'WARNING',
      ),
    );
  }
  return found;
}

// ---- hooks and tasks that run by themselves

function hooks({ path, before, after }: Config): Widened[] {
  const commands = (root: Setting | undefined): Map<string, number> =>
    new Map(
      leavesOf(at(root, 'hooks'))
        .filter(({ key, value }) => /^(?:command|bash|powershell|script|url)$/.test(key) && typeof value === 'string')
        .map(({ path: where, value, line }) => [`${where.split(/[.[]/)[0] ?? ''} ${String(value)}`, line]),
    );
  const was = commands(before);
  const found: Widened[] = [];
  for (const [command, line] of commands(after)) {
    if (was.has(command)) continue;
    found.push(
      widening(
        path,
        line,
        'agent-hook',
        'hooks',
        '',
        command,
        `a command runs by itself while an agent works: ${command.slice(0, 80)}`,
        'WARNING',
      ),
    );
  }
  for (const key of [
    'apiKeyHelper',
    'awsAuthRefresh',
    'statusLine',
    'otelHeadersHelper',
    'initializeCommand',
    'postCreateCommand',
    'postStartCommand',
    'postAttachCommand',
    'onCreateCommand',
    'updateContentCommand',
    'notify',
  ]) {
    const now = at(after, key);
    const text = leavesOf(now)
      .map(({ value }) => String(value))
      .join(' ');
    const old = leavesOf(at(before, key))
      .map(({ value }) => String(value))
      .join(' ');
    if (now !== undefined && text !== old)
      found.push(
        widening(path, now.line, 'agent-hook', key, old, text, `\`${key}\` runs a command by itself: ${text.slice(0, 80)}`, 'WARNING'),
      );
  }
  for (const leaf of leavesOf(at(after, 'env'))) {
    if (
      !/(?:BASE_URL|API_URL|PROXY|NODE_OPTIONS|LD_PRELOAD|PYTHONSTARTUP|TLS_REJECT|PATH)$/.test(leaf.key) ||
      textAt(at(before, 'env', leaf.key)) === String(leaf.value)
    )
      continue;
    found.push(
      widening(
        path,
        leaf.line,
        'agent-permission',
        `env.${leaf.key}`,
        textAt(at(before, 'env', leaf.key)),
        String(leaf.value),
        `\`${leaf.key}\` changes where an agent's traffic or code comes from`,
        'WARNING',
      ),
    );
  }
  return found;
}

function tasks({ path, before, after }: Config): Widened[] {
  const auto = (root: Setting | undefined): Map<string, number> =>
    new Map(
      mapsOf(root)
        .filter(({ map }) => textAt(at(map, 'runOptions', 'runOn')) === 'folderOpen')
        .map(({ map }) => [textAt(at(map, 'command')) ?? textAt(at(map, 'script')) ?? textAt(at(map, 'label')) ?? 'a task', map.line]),
    );
  const was = auto(before);
  return [...auto(after)]
    .filter(([command]) => !was.has(command))
    .map(([command, line]) =>
      widening(
        path,
        line,
        'agent-hook',
        'runOptions.runOn',
        '',
        command,
        `a task runs as soon as the folder is opened: ${command.slice(0, 80)}`,
        'ERROR',
      ),
    );
}

// ---- servers of tools

interface Server {
  readonly line: number;
  readonly text: string;
  readonly off: boolean;
  readonly concern: string | undefined;
}

function serversOf(root: Setting | undefined): Map<string, Server> {
  const found = new Map<string, Server>();
  for (const key of ['mcpServers', 'servers', 'mcp', 'mcp_servers', 'context_servers']) {
    for (const [name, server] of at(root, key)?.entries ?? at(root, 'mcp', key)?.entries ?? []) {
      if (server.entries === undefined) continue;
      const command = [...listAt(at(server, 'command')), ...listAt(at(server, 'args'))].map(({ text }) => text).join(' ');
      const url = textAt(at(server, 'url')) ?? textAt(at(server, 'serverUrl')) ?? textAt(at(server, 'httpUrl')) ?? '';
      if (command === '' && url === '') continue;
      found.set(name, {
        line: server.line,
        text: `${command} ${url}`.trim(),
        off: textAt(at(server, 'disabled')) === 'true' || textAt(at(server, 'enabled')) === 'false',
        concern: concernOf(command, url),
      });
    }
  }
  return found;
}

function concernOf(command: string, url: string): string | undefined {
  if (/^http:\/\/(?!localhost|127\.|\[::1\])/.test(url)) return 'it is reached without TLS';
  if (url !== '' && !/^https?:\/\/(?:localhost|127\.|\[::1\])/.test(url)) return 'it runs on another machine';
  if (/^(?:\S*\/)?(?:sh|bash|zsh|cmd|powershell|pwsh)\b/.test(command)) return 'it starts a shell';
  const runner = /\b(?:npx|bunx|pnpm dlx|yarn dlx|uvx|pipx run)\b(.*)/.exec(command);
  if (runner !== null) {
    const name = (runner[1] ?? '').split(/\s+/).find((word) => word !== '' && !word.startsWith('-')) ?? '';
    if (!/.@\d+(?:\.\d+)+|==\d/.test(name)) return 'its package has no fixed version';
  }
  if (/\bdocker\b.*\brun\b/.test(command) && !/@sha256:/.test(command))
    return /:latest\b|\s[\w./-]+$/.test(command) ? 'its image has no fixed version' : undefined;
  return undefined;
}

function servers({ path, before, after }: Config): Widened[] {
  const was = serversOf(before);
  const found: Widened[] = [];
  for (const [name, server] of serversOf(after)) {
    const old = was.get(name);
    if (server.off || (old !== undefined && old.text === server.text && !old.off)) continue;
    if ([...was.values()].some((other) => other.text === server.text && !other.off)) continue;
    const worse = server.concern !== undefined && server.concern !== old?.concern;
    const what = old === undefined ? 'a new server of tools' : 'a server of tools is another one now';
    found.push(
      widening(
        path,
        server.line,
        'mcp-server',
        name,
        old?.text,
        server.text,
        `${what}: ${name.slice(0, 60)}${server.concern === undefined ? '' : `; ${server.concern}`}`,
        worse || old === undefined ? 'WARNING' : 'INFO',
      ),
    );
  }
  for (const { path: where, map } of mapsOf(after)) {
    for (const key of ['autoApprove', 'alwaysAllow', 'trust', 'allowed_tools']) {
      if (!/(?:^|\.)(?:mcpServers|mcp_servers|servers)\./.test(`${where}.`)) continue;
      const value = at(map, key);
      if (value === undefined) continue;
      const old = new Set(
        listAt(
          mapsOf(before)
            .find((other) => other.path === where)
            ?.map.entries?.get(key),
        ).map(({ text }) => text),
      );
      const fresh = listAt(value).filter(({ text }) => !old.has(text) && text !== 'false');
      for (const entry of fresh)
        found.push(
          widening(
            path,
            entry.line,
            'mcp-server',
            `${where}.${key}`,
            '',
            entry.text,
            `calls of a server's tools are no longer asked about: ${entry.text.slice(0, 60)}`,
            'WARNING',
          ),
        );
    }
  }
  return found;
}
