import { now } from "#lib/clock.ts";
import { SECRET_LIFETIMES_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** Returns the values of the form for a new secret: what was typed and refused, or valid defaults. */
export function describeSecretForm(
  notice: FormNotice | null,
  secrets: { label: string }[],
): { label: string; lifetimeDays: number; error?: string } {
  const { typed, fieldErrors } = notice ?? {};
  return {
    label: typed?.label ?? newLabel(secrets.map(({ label }) => label)),
    lifetimeDays: Number(typed?.lifetime ?? SECRET_LIFETIMES_DAYS[0]),
    ...(fieldErrors?.label ? { error: fieldErrors.label } : {}),
  };
}

/**
 * Suggests a label with today's date. From the second secret of a day on, it adds a number, because two
 * secrets with one label could not be distinguished when one must be deleted.
 */
function newLabel(taken: string[]): string {
  const label = `Secret of ${DAY.format(now())}`;
  const numbered = (number: number) => (number === 1 ? label : `${label} (${number})`);
  return (
    taken.map((_, index) => numbered(index + 1)).find((one) => !taken.includes(one)) ??
    numbered(taken.length + 1)
  );
}
