import { SCOPE_REASON_MAX_LENGTH } from "#lib/legrand/applications/scope-terms-constants.ts";
import { textSchema } from "#lib/legrand/text-schema.ts";

const reasonSchema = textSchema("a reason", SCOPE_REASON_MAX_LENGTH);

/** Returns the reason as it is stored ("" if it is blank), or what is wrong with it. */
export function parseReason(typed: string): { ok: true; reason: string } | { ok: false; message: string } {
  if (typed.trim() === "") return { ok: true, reason: "" };
  const read = reasonSchema.safeParse(typed);
  return read.success
    ? { ok: true, reason: read.data }
    : { ok: false, message: read.error.issues[0]!.message };
}
