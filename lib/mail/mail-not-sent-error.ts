type Reason = {
  /** nodemailer's word for it, such as `ECONNECTION`. */
  code?: string;
  /** The server's, such as 451 (RFC 5321 §4.2). */
  responseCode?: number;
  /** What the server was asked, such as `RCPT TO`. */
  command?: string;
  /** Whether another attempt at the same mail can only fail too. */
  isFinal: boolean;
};

/**
 * A mail could not be handed over. Says which domain it was for and in which step it failed; never the body,
 * the subject or the whole address, and not the server's answer either, which may quote any of them.
 */
export class MailNotSentError extends Error {
  readonly isFinal: boolean;
  constructor(to: string, { code, responseCode, command, isFinal }: Reason) {
    const domain = /@([\w.-]{1,100})$/.exec(to)?.[1] ?? "an unreadable address";
    super(
      `A mail to ${domain} was not sent: ${[code, responseCode, command].filter(Boolean).join(" ") || "unknown reason"}`,
    );
    this.name = "MailNotSentError";
    this.isFinal = isFinal;
  }
}
