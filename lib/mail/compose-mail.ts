import type { SendMailOptions } from "nodemailer";

import { toComparableEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { htmlOf } from "#lib/mail/html-of.ts";
import type { Mail, MailBlock, Sender } from "#lib/mail/mail.ts";
import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";

const GREETING = "Hello,";
const ADDRESS_MAX_LENGTH = 254;

/**
 * One address and nothing else (RFC 5322 §3.4.1, without quoted local parts and comments): no list, no name,
 * no second header.
 */
const ONE_ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]+@[^\s\p{C}"(),:;<>@[\\\]]+$/u;

/**
 * The message that is handed over: greeting, blocks and footer as text and as HTML. Throws `MailNotSentError`
 * for a recipient that is not one plain address, and an error for a link that leads away from our origin; a
 * subject loses its control characters, so that no header can follow it.
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
    // An object: as a string it would be parsed, and a comma in it would make two recipients.
    to: { name: "", address: toComparableEmail(to) },
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim(),
    text: [...whole.map(toText), `-- \n${footer}\n${footerHref}`].join("\n\n"),
    html: htmlOf({ subject, blocks: whole, footer, footerHref }),
    // RFC 3834 §5: no holiday notices in return.
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
  // On a line of its own: nothing that a mail program could take for a part of the address.
  if ("href" in block) return `${block.action}:\n${block.href}`;
  return Object.entries(block.values)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
