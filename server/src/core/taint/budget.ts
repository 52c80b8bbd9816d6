/** What one rule may spend on one file: work, not time, so that what is found does not depend on the machine. The time of a file ends it, too. */

export interface Budget {
  /** Steps; at 0 the answer is not whole. */
  left: number;
  /** What was left when the time was last looked at. */
  looked: number;
}

/** Between two looks at the time. */
const LOOK_EVERY = 1_000;

export function createBudget(steps: number): Budget {
  return { left: steps, looked: steps };
}

export interface Spending {
  readonly budget: Budget;
  readonly expired: () => boolean;
}

/** Whether anything is left after these steps. */
export function spend({ budget, expired }: Spending, steps: number): boolean {
  if (budget.left <= 0) return false;
  budget.left -= steps;
  if (budget.looked - budget.left < LOOK_EVERY) return budget.left > 0;
  budget.looked = budget.left;
  if (expired()) budget.left = 0;
  return budget.left > 0;
}
