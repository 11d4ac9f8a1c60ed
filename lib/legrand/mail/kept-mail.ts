/** A kept mail in a list. */
export type KeptMail = { id: string; keptAt: Date; to: string; subject: string };

/** A piece of a mail's text; with a path of ours where it is a link to our own origin. */
export type TextPiece = { text: string; path: string | null };

/** A kept mail to be read: its text, never its HTML. */
export type ReadableMail = KeptMail & { from: string; pieces: TextPiece[] };
