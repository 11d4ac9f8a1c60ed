/** A kept mail in a list. */
export type KeptMail = { id: string; keptAt: Date; to: string; subject: string };

/** A piece of a mail's text. `path` is set if the piece is a link to this origin. */
export type TextPiece = { text: string; path: string | null };

/** A kept mail for reading: its text, never its HTML. */
export type ReadableMail = KeptMail & { from: string; pieces: TextPiece[] };
