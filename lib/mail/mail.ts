/** A part of a mail: a paragraph, a list of values, or a link. */
export type MailBlock = string | { values: Record<string, string> } | { action: string; href: string };

/**
 * A mail as the rest of the application writes it, without greeting and footer. A link is a path of this
 * server, or an address at its origin.
 */
export type Mail = { to: string; subject: string; blocks: MailBlock[] };

/** The sender: the mail's From address, and the footer, a sentence that links to a path of this server. */
export type Sender = { from: string; footer: string; footerPath: string };
