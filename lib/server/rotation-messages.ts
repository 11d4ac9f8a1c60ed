import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";

const tally = z.object({ what: z.string(), reencrypted: z.number(), current: z.number(), unreadable: z.record(z.string(), z.number()) });

/** What the command says to the server: the first key that it sees, by its name and a digest. Both say one line of JSON a message. */
export const firstKeySchema = z.object({ id: z.string(), digest: z.string() });

/** A first key as it is compared. */
export type FirstKey = z.infer<typeof firstKeySchema>;

/** What the server says to the command. */
export const rotationMessageSchema = z.discriminatedUnion("say", [
  z.object({ say: z.literal("progress"), what: z.string(), done: z.number(), total: z.number() }),
  z.object({ say: z.literal("done"), tallies: z.array(tally) }),
  z.object({ say: z.literal("other_key"), serverKey: z.string() }),
  z.object({ say: z.literal("failed") }),
]);

/** One message of the server's. */
export type RotationMessage = z.infer<typeof rotationMessageSchema>;

/** The first key of this process. 256 random bits: their digest tells nobody anything (lib/crypto/digest.ts). */
export function firstKey(): FirstKey {
  const [id, key] = env().tokenEncryptionKeys[0]!;
  return { id, digest: digest(`first-key:${key.toString("base64")}`) };
}
