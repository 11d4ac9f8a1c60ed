import { z } from "zod";

const by = z.enum(["person", "legrand", "connect"]);
const scopes = z.object({ added: z.array(z.string()).default([]), removed: z.array(z.string()).default([]) });
const reason = z.object({ reason: z.string() });

/** What happened to a linked account and who did it; never with a token in it. */
export const eventSchema = z.discriminatedUnion("what", [
  z.object({ what: z.enum(["connected", "permissions_changed", "scopes_withdrawn"]), by, detail: scopes }),
  z.object({ what: z.enum(["refresh_failed", "reconnect_needed"]), by, detail: reason }),
  z.object({ what: z.literal("disconnected"), by, detail: z.object({}) }),
]);

/** One entry of the history of a linked account. */
export type LinkedAccountEvent = z.infer<typeof eventSchema>;
