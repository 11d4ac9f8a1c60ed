import { z } from "zod";

const value = z.union([z.string(), z.array(z.string()), z.null()]);

const edited = z.object({ changes: z.array(z.object({ field: z.string(), from: value, to: value })) });
const ofSecret = z.object({ label: z.string(), lastCharacters: z.string() });

/** One entry of an application's history as it is shown; never with a secret in it. */
export const changeSchema = z.discriminatedUnion("what", [
  z.object({ what: z.literal("edited"), detail: edited }),
  z.object({ what: z.enum(["secret_generated", "secret_deleted"]), detail: ofSecret }),
  z.object({ what: z.enum(["registered", "suspended", "resumed"]), detail: z.unknown() }),
]);

/** What was done, with its particulars. */
export type ChangeEntry = z.infer<typeof changeSchema>;

/** What a changed field was, or is now: reply URLs and scopes are lists, null is nothing. */
export type ChangedValue = z.infer<typeof value>;
