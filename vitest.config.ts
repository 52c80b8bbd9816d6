/** Unit and smoke tests, by area. The end-to-end suites have their own config: they need a browser and an editor. */
import { defineConfig } from 'vitest/config';

const areas = ['engine', 'rules', 'host', 'lsp', 'cli', 'agent-programs', 'audit', 'walls'] as const;

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    // Only against hanging: many tests start processes, and two cores may be busy with other work.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: areas.map((name) => ({
      extends: true,
      test: { name, include: [`test/${name}/**/*.test.ts`] },
    })),
  },
});
