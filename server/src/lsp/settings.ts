/**
 * Reads whatever a client sends as our settings. Wrong types fall back to the default of that one setting: an
 * editor must keep working while someone types in its settings file.
 */
import type { InitializationOptions, Settings } from '../protocol/settings.js';
import { DEFAULT_SETTINGS } from '../protocol/settings.js';

export function readSettings(value: unknown, fallback: Settings = DEFAULT_SETTINGS): Settings {
  if (!isRecord(value)) return fallback;
  return {
    profile: value['profile'] === 'audit' || value['profile'] === 'default' ? value['profile'] : fallback.profile,
    disabledRules: strings(value['disabledRules']) ?? fallback.disabledRules,
    rulePaths: strings(value['rulePaths']) ?? fallback.rulePaths,
    scanOnOpen: typeof value['scanOnOpen'] === 'boolean' ? value['scanOnOpen'] : fallback.scanOnOpen,
    showSuppressed: typeof value['showSuppressed'] === 'boolean' ? value['showSuppressed'] : fallback.showSuppressed,
  };
}

/** `didChangeConfiguration` carries `{ countersign: {...} }` from some clients, and the settings themselves from others. */
export function settingsFromNotification(value: unknown): unknown {
  return isRecord(value) && isRecord(value['countersign']) ? value['countersign'] : value;
}

export function readInitializationOptions(value: unknown): InitializationOptions {
  if (!isRecord(value)) return {};
  return {
    ...(isRecord(value['settings']) ? { settings: readSettings(value['settings']) } : {}),
    ...(value['diagnostics'] === 'push' ? { diagnostics: 'push' as const } : {}),
    ...(value['clientCommands'] === true ? { clientCommands: true } : {}),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item.trim() !== '') : undefined;
}
