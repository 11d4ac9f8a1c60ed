import { env } from "#lib/env.ts";
import type { Sender } from "#lib/mail/mail.ts";

/** Returns the sender and footer of Connect's mail. */
export function connectSender(): Sender {
  return { from: env().mail.connectFrom, footer: "Connect", footerPath: "/" };
}
