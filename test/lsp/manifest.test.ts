/** The manifest says the same as the code: settings, commands, and what Restricted Mode takes away. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT_VIEW, COMMANDS } from '../../server/src/protocol/commands.js';
import { DEFAULT_CLIENT_SETTINGS, DEFAULT_SETTINGS } from '../../server/src/protocol/settings.js';
import { VERSION } from '../../server/src/lsp/version.js';
import { root } from '../../scripts/root.mjs';

interface Manifest {
  readonly version: string;
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: boolean; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const { commands, configuration, walkthroughs, menus, views, viewsContainers, viewsWelcome } = manifest.contributes;

describe('the extension manifest', () => {
  it('has the settings that the server and the client read, with their defaults', () => {
    const ours = Object.entries(configuration.properties)
      .filter(([name]) => name !== 'countersign.trace.server')
      .map(([name, property]) => [name.replace('countersign.', ''), property.default]);
    expect(Object.fromEntries(ours)).toEqual({ ...DEFAULT_SETTINGS, ...DEFAULT_CLIENT_SETTINGS });
  });

  it('lets no repository name a rule path, and no untrusted one switch rules off', () => {
    expect(configuration.properties['countersign.rulePaths']?.scope).toBe('machine');
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe(true);
    expect(restrictedConfigurations).toEqual(['countersign.rulePaths', 'countersign.disabledRules', 'countersign.profile']);
  });

  it('has the commands that the client registers', () => {
    expect(commands.map(({ command }) => command).toSorted()).toEqual(Object.values(COMMANDS).toSorted());
  });

  it('has the version that the server tells', () => {
    expect(VERSION).toBe(manifest.version);
  });

  it('names files that exist', () => {
    const shown = [...viewsContainers.activitybar, ...Object.values(views).flat()];
    const files = [
      manifest.icon,
      ...shown.map(({ icon }) => icon),
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    for (const file of files) expect(readFileSync(path.join(root, file)).length).toBeGreaterThan(0);
  });

  it('has the view of the client, in a container of ours, with menus of commands that exist', () => {
    expect(Object.keys(views)).toEqual(viewsContainers.activitybar.map(({ id }) => id));
    expect(Object.values(views).flatMap((each) => each.map(({ id }) => id))).toEqual([AUDIT_VIEW]);
    const known: ReadonlySet<string> = new Set(Object.values(COMMANDS));
    const used = [
      ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
      ...viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/\(command:([^)]+)\)/g)].map(([, command = '']) => command)),
    ];
    expect(used.filter((command) => !known.has(command))).toEqual(['vscode.openFolder']);
    expect(viewsWelcome.filter(({ view }) => view !== AUDIT_VIEW)).toEqual([]);
  });

  it('countersigns nothing in a folder that is not trusted', () => {
    expect(commands.find(({ command }) => command === COMMANDS.countersignCommit)?.enablement).toBe('isWorkspaceTrusted');
  });
});
