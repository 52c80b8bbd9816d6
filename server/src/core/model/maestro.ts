/**
 * The seven layers of MAESTRO (Ken Huang, Cloud Security Alliance, February 2025). A finding is filed at the
 * layer where its fix is made, which is not always where the harm shows.
 */
export type MaestroLayer = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6' | 'L7';

export const MAESTRO_LAYERS: readonly MaestroLayer[] = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'];

const NAMES: Readonly<Record<MaestroLayer, string>> = {
  L1: 'Foundation Models',
  L2: 'Data Operations',
  L3: 'Agent Frameworks',
  L4: 'Deployment and Infrastructure',
  L5: 'Evaluation and Observability',
  L6: 'Security and Compliance',
  L7: 'Agent Ecosystem',
};

/** `L3` -> `Agent Frameworks`. */
export function layerName(layer: MaestroLayer): string {
  return NAMES[layer];
}

export function isMaestroLayer(value: unknown): value is MaestroLayer {
  return typeof value === 'string' && value in NAMES;
}
