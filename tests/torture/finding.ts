/**
 * One rule that a part of the torture tried, and what it found. `held` is null if the rule could not be tried
 * on this machine.
 */
export type Finding = { rule: string; found: string; held: boolean | null };

/**
 * A part of `npm run torture`: does its work and returns what it found. Throws only if the work itself could
 * not be done.
 */
export type Part = () => Promise<Finding[]>;

/** A whole number from the environment, or what the part does by default. Throws for anything else. */
export function readCount(name: string, otherwise: number): number {
  const value = process.env[name] || String(otherwise);
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} must be a whole number, and is ${value}`);
  return Number(value);
}
