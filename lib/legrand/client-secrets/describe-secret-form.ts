import { SECRET_LIFETIMES_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";

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
 * Suggests the next number as a label, and never a label that a stored secret has, because two secrets with one
 * label could not be distinguished when one must be deleted.
 */
function newLabel(taken: string[]): string {
  const numbered = (number: number) => `Secret ${number}`;
  const next = taken.length + 1;
  return (
    taken.map((_, index) => numbered(next + index)).find((one) => !taken.includes(one)) ??
    numbered(next + taken.length)
  );
}
