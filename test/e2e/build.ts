/** Builds what the end-to-end tests run, once, before any of them. */
import { build } from '../../scripts/build.mjs';

export async function setup(): Promise<void> {
  await build({ quiet: true });
}
