import type { SendMailOptions } from "nodemailer";

import { toComparableEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { htmlOf } from "#lib/mail/html-of.ts";
import type { Mail, MailBlock, Sender } from "#lib/mail/mail.ts";
import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";

const GREETING = "Hello,";
const ADDRESS_MAX_LENGTH = 254;

/**
 * Matches exactly one address (RFC 5322 §3.4.1, without quoted local parts and comments), so that no list,
 * name or second header gets through.
 */
const ONE_ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]+@[^\s\p{C}"(),:;<>@[\\\]]+$/u;

/**
 * Returns the message to hand over: greeting, blocks and footer, as text and as HTML. Throws
 * `MailNotSentError` if the recipient is not one plain address, and an `Error` if a link leads to another
 * origin. Removes control characters from the subject, so that it cannot add a header.
 */
export function composeMail(
  { from, footer, footerPath }: Sender,
  { to, subject, blocks }: Mail,
): SendMailOptions {
  if (to.length > ADDRESS_MAX_LENGTH || !ONE_ADDRESS.test(to))
    throw new MailNotSentError(to, { code: "EADDRESS", isFinal: true });
  const { origin } = env();
  const footerHref = `${origin}${footerPath}`;
  const whole = [GREETING, ...blocks.map(withAbsoluteLink)];
  return {
    from,
    // An object, because a string would be parsed, and a comma in it would make two recipients.
    to: { name: "", address: toComparableEmail(to) },
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim(),
    text: [...whole.map(toText), `-- \n${footer}\n${footerHref}`].join("\n\n"),
    html: htmlOf({ subject, blocks: whole, footer, footerHref }),
    // RFC 3834 §5: prevents out-of-office replies.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

function withAbsoluteLink(block: MailBlock): MailBlock {
  if (typeof block === "string" || !("href" in block)) return block;
  const { origin } = env();
  const url = new URL(block.href, origin);
  if (url.origin !== origin) throw new Error("Mail may link only to the origin of this server");
  return { ...block, href: url.href };
}

function toText(block: MailBlock): string {
  if (typeof block === "string") return block;
  // On its own line, so that a mail program takes no other text for a part of the address.
  if ("href" in block) return `${block.action}:\n${block.href}`;
  return Object.entries(block.values)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
