import { z } from "zod";

/** The periods of the overview in days, including today. */
export const PERIODS = [30, 90, 365] as const;
/** How many days the overview shows. */
export type Period = (typeof PERIODS)[number];

const schema = z.enum(PERIODS.map(String) as [string, ...string[]]);

/**
 * Parses the period in the overview's query; the default is 30 days. If it is invalid, returns a sentence
 * that says so.
 */
export function parsePeriod(
  days: string | string[] | undefined,
): { ok: true; period: Period } | { ok: false; sentence: string } {
  const parsed = schema.safeParse(days || String(PERIODS[0]));
  if (parsed.success) return { ok: true, period: Number(parsed.data) as Period };
  return {
    ok: false,
    sentence: `The overview is available for ${PERIODS.slice(0, -1).join(", ")} or ${PERIODS.at(-1)} days.`,
  };
}
