import { z } from "zod";

/** The periods of the overview, in days, today among them. */
export const PERIODS = [30, 90, 365] as const;
/** How many days the overview shows. */
export type Period = (typeof PERIODS)[number];

const schema = z.enum(PERIODS.map(String) as [string, ...string[]]);

/**
 * The period in the query of the overview, 30 days where there is none. Where it cannot be meant, a sentence.
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
