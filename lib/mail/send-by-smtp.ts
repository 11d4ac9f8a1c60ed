import { createTransport, type SendMailOptions } from "nodemailer";

import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";

const TIMEOUT_MS = 10_000;

/** Details of a nodemailer error besides its message. */
type SmtpError = { code?: string; responseCode?: number; command?: string };

/**
 * Hands a message to the SMTP server at that address, in one attempt. `smtps:` uses TLS from the first byte,
 * `smtp:` uses STARTTLS if the server offers it, and `?requireTLS=true` requires it. Rejects with
 * `MailNotSentError`.
 */
export async function sendBySmtp(url: string, to: string, message: SendMailOptions): Promise<void> {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    // A mail contains only its own text, never a file or an address that the text names.
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
 * True for a 5yz answer to this mail itself (RFC 5321 §4.2.1). A 5yz answer to the greeting or the password
 * concerns the server's settings, which may be corrected.
 */
function isFinal(responseCode = 0, command = ""): boolean {
  return responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command);
}
