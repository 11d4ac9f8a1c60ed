import { env } from "#lib/env.ts";
import type { Sender } from "#lib/mail/mail.ts";

/** Connect, as it signs its mail. */
export function connectSender(): Sender {
  return { from: env().mail.connectFrom, footer: "Connect", footerPath: "/" };
}
