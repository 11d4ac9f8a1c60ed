type Reason = {
  /** nodemailer's code, such as `ECONNECTION`. */
  code?: string;
  /** The server's code, such as 451 (RFC 5321 §4.2). */
  responseCode?: number;
  /** The command that the server refused, such as `RCPT TO`. */
  command?: string;
  /** True if any further attempt at the same mail would fail too. */
  isFinal: boolean;
};

/**
 * Thrown if a mail could not be handed over. Names the recipient's domain and the step that failed. Never
 * contains the body, the subject or the whole address, nor the server's answer, which may quote any of them.
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
