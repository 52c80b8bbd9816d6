import type { Refactoring } from './refactorings.js';
import type { Sabotage } from './sabotages.js';

export const SECOND_SABOTAGES: readonly Sabotage[] = [];
export const SECOND_REFACTORINGS: readonly Refactoring[] = [];
