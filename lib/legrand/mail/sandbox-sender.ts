import { env } from "#lib/env.ts";
import type { Sender } from "#lib/mail/mail.ts";

/** Returns the sender of the sandbox's mail. */
export function sandboxSender(): Sender {
  return {
    from: env().sandbox!.mail.from,
    footer: "Legrand sandbox · not the real cloud",
    footerPath: "/legrand/applications",
  };
}
