import { now } from "#lib/clock.ts";
import { SECRET_LIFETIMES_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { FormNotice } from "#lib/legrand/form-notice.ts";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** What stands in the form for a new secret: what was typed and refused, or what will do as it is. */
export function describeSecretForm(notice: FormNotice | null): { label: string; lifetimeDays: number; error?: string } {
  const { typed, fieldErrors } = notice ?? {};
  return {
    label: typed?.label ?? `Secret of ${DAY.format(now())}`,
    lifetimeDays: Number(typed?.lifetime ?? SECRET_LIFETIMES_DAYS[0]),
    ...(fieldErrors?.label ? { error: fieldErrors.label } : {}),
  };
}
