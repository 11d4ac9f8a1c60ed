import { z } from "zod";

const value = z.union([z.string(), z.array(z.string()), z.null()]);

const edited = z.object({ changes: z.array(z.object({ field: z.string(), from: value, to: value })) });
const ofSecret = z.object({ label: z.string(), lastCharacters: z.string() });

/** One entry of an application's history as it is shown. It never contains a secret. */
export const changeSchema = z.discriminatedUnion("what", [
  z.object({ what: z.literal("edited"), detail: edited }),
  z.object({ what: z.enum(["secret_generated", "secret_deleted"]), detail: ofSecret }),
  z.object({ what: z.enum(["registered", "suspended", "resumed"]), detail: z.unknown() }),
]);

/** A change and its details. */
export type ChangeEntry = z.infer<typeof changeSchema>;

/** The old or new value of a changed field. Reply URLs and scopes are lists; null means no value. */
export type ChangedValue = z.infer<typeof value>;
