import { sandboxSender } from "#lib/legrand/mail/sandbox-sender.ts";
import type { Mail } from "#lib/mail/mail.ts";
import * as shared from "#lib/mail/post-mail.ts";

/** Sends a mail of the sandbox without making the page wait, as lib/mail does. Never throws. */
export const postMail = (mail: Mail): void => shared.postMail(sandboxSender(), mail);
