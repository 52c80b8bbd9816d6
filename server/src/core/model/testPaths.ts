/** Which files hold tests, and which show how something is used, by the places and names that test runners look for. */

const FOLDERS =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|testing|e2e|it|integration[-_]tests?|unit[-_]tests?|testdata|fixtures?|__mocks__|__[\w-]*tests?[\w-]*__|test-?utils|cypress)\//i;
const NAMES =
  /(?:^|\/)(?:test_[^/]*\.pyi?|[^/]*_test\.(?:py|go|rb|exs?|dart|cc|cpp|c)|[^/]*[._-](?:test|tests|spec|e2e|cy)\.[cm]?[jt]sx?|[^/]*_spec\.rb|[^/]*Tests?\.(?:java|kt|cs|swift|scala|php)|[^/]*(?:Spec|IT)\.(?:java|kt|scala|groovy)|conftest\.py|(?:[^/]*_)?tests?\.(?:py|rs))$/;

/** What shows how something is used: it runs where somebody tries it out. */
const EXAMPLES =
  /(?:^|\/)(?:examples?|samples?|demos?|cookbooks?|tutorials?|quickstarts?|playgrounds?|previews|stories|docs?|documentation)\/|\.stories\.[cm]?[jt]sx?$/i;

export function isExamplePath(path: string): boolean {
  return EXAMPLES.test(path);
}

/** As `isExamplePath`, of folders of nothing but examples: a program may well have code of its own under `docs`. */
export function isSamplePath(path: string): boolean {
  return SAMPLES.test(path);
}

const SAMPLES = /(?:^|\/)(?:examples?|samples?|demos?|cookbooks?|tutorials?|quickstarts?|playgrounds?)\//i;

export function isTestPath(path: string): boolean {
  return FOLDERS.test(path) || NAMES.test(path);
}

/** Whether a path is that of what tests are run on: no check of the project's own depends on it. */
export function isTestData(path: string): boolean {
  return TEST_DATA.test(path);
}

const TEST_DATA = /(?:^|\/)(?:testdata|test[-_]data|fixtures?|__fixtures__|test[-_]fixtures?)\//i;
