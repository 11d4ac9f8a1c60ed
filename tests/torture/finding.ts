/**
 * One rule that a part of the torture tested, and the result. `held` is null if the rule could not be tested
 * on this machine.
 */
export type Finding = { rule: string; found: string; held: boolean | null };

/**
 * A part of `npm run torture`: does its work and returns the results. Throws only if the work itself failed.
 */
export type Part = () => Promise<Finding[]>;

/** Returns a whole number from the environment, or the part's default. Throws for anything else. */
export function readCount(name: string, otherwise: number): number {
  const value = process.env[name] || String(otherwise);
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} must be a whole number, and is ${value}`);
  return Number(value);
}
