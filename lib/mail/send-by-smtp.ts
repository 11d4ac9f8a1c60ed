import { createTransport, type SendMailOptions } from "nodemailer";

import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";

const TIMEOUT_MS = 10_000;

/** What nodemailer's errors carry beside their message. */
type SmtpError = { code?: string; responseCode?: number; command?: string };

/**
 * Hands a message to the SMTP server at that address, once: `smtps:` is TLS from the first byte, `smtp:`
 * takes STARTTLS where it is offered, and `?requireTLS=true` insists on it. Rejects with `MailNotSentError`.
 */
export async function sendBySmtp(url: string, to: string, message: SendMailOptions): Promise<void> {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    // A mail is made of the text in it: never of files or addresses that it names.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail(message);
  } catch (error) {
    const { code, responseCode, command } = error as SmtpError;
    throw new MailNotSentError(to, { code, responseCode, command, isFinal: isFinal(responseCode, command) });
  } finally {
    transport.close();
  }
}

/**
 * A 5yz answer to this mail (RFC 5321 §4.2.1). One to our greeting or password is about the server's
 * settings, which may be mended.
 */
function isFinal(responseCode = 0, command = ""): boolean {
  return responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command);
}
