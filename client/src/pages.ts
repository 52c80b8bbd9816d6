/** Read-only documents that exist only in the editor: the page of a rule, and the list of what was not scanned. */
import type { Disposable } from 'vscode';
import { EventEmitter, Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CoverageResult, ExplainParams, ExplainResult } from '../../server/src/protocol/messages.js';
import { COVERAGE_METHOD, EXPLAIN_METHOD } from '../../server/src/protocol/messages.js';

const RULE_SCHEME = 'countersign-rule';
const COVERAGE_SCHEME = 'countersign-coverage';
const COVERAGE_URI = Uri.from({ scheme: COVERAGE_SCHEME, path: '/Coverage' });

export interface Pages extends Disposable {
  /** Nothing when there is no such rule. */
  rulePage(ruleId: string): Promise<Uri | undefined>;
  /** The coverage page, with what is known now. */
  coverage(): Uri;
}

export function registerPages(client: LanguageClient): Pages {
  const changed = new EventEmitter<Uri>();
  const texts = new Map<string, string>();
  const registrations = [
    changed,
    workspace.registerTextDocumentContentProvider(RULE_SCHEME, { provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '' }),
    workspace.registerTextDocumentContentProvider(COVERAGE_SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent() {
        const result = await client.sendRequest<CoverageResult>(COVERAGE_METHOD);
        return result.text;
      },
    }),
  ];
  return {
    async rulePage(ruleId) {
      const params: ExplainParams = { ruleId };
      const result = await client.sendRequest<ExplainResult | null>(EXPLAIN_METHOD, params);
      if (result === null) return undefined;
      const uri = Uri.from({ scheme: RULE_SCHEME, path: `/${ruleId}.md` });
      texts.set(uri.path, result.markdown);
      return uri;
    },
    coverage() {
      changed.fire(COVERAGE_URI);
      return COVERAGE_URI;
    },
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}
