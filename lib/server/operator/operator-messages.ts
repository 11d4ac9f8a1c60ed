import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";

const tally = z.object({
  what: z.string(),
  reencrypted: z.number(),
  current: z.number(),
  unreadable: z.record(z.string(), z.number()),
});

/** A first key in the form in which it is compared: its name and a digest. */
const firstKeySchema = z.object({ id: z.string(), digest: z.string() });

/**
 * What a command asks of the server: `npm run rotate-keys` (with the first key that it sees), `npm run
 * backup`, or `npm run role`. Both sides send each message as one line of JSON.
 */
export const operatorRequestSchema = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("rotate_keys"), key: firstKeySchema }),
  z.object({ ask: z.literal("backup"), file: z.string().min(1).max(4_096), withSecrets: z.boolean() }),
  z.object({
    ask: z.literal("change_role"),
    role: z.enum(["administrator", "auditor", "none"]),
    who: z.string().min(1).max(254),
  }),
]);

/** One request of a command. */
export type OperatorRequest = z.infer<typeof operatorRequestSchema>;

/** What the server says to the command. */
export const operatorMessageSchema = z.discriminatedUnion("say", [
  z.object({ say: z.literal("progress"), what: z.string(), done: z.number(), total: z.number() }),
  z.object({ say: z.literal("done"), tallies: z.array(tally) }),
  z.object({ say: z.literal("other_key"), serverKey: z.string() }),
  z.object({ say: z.literal("role"), isDone: z.boolean(), lines: z.array(z.string()) }),
  z.object({ say: z.literal("backup"), isDone: z.boolean(), lines: z.array(z.string()) }),
  z.object({ say: z.literal("failed") }),
]);

/** One message from the server. */
export type OperatorMessage = z.infer<typeof operatorMessageSchema>;

/**
 * Returns the name and digest of this process's first key. The key has 256 random bits, so its digest reveals
 * nothing (lib/crypto/digest.ts).
 */
export function firstKey(): z.infer<typeof firstKeySchema> {
  const [id, key] = env().tokenEncryptionKeys[0]!;
  return { id, digest: digest(`first-key:${key.toString("base64")}`) };
}
