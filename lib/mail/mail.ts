/** A part of a mail: a paragraph, values to read off, or a link to follow. */
export type MailBlock = string | { values: Record<string, string> } | { action: string; href: string };

/**
 * A mail as the rest of the application writes it: without greeting and footer. A link is a path of ours, or
 * an address at our origin.
 */
export type Mail = { to: string; subject: string; blocks: MailBlock[] };

/**
 * Who writes: the address that the mail is from, and what it is signed with, a sentence that leads to a path
 * of ours.
 */
export type Sender = { from: string; footer: string; footerPath: string };
