/** A client secret as its developer sees it: everything but the secret. */
export type ClientSecret = {
  id: string;
  label: string;
  lastCharacters: string;
  /** The name of who made it, as it was then; null for what the server made for itself. */
  createdBy: string | null;
  createdAt: Date;
  /** To the minute; null before the first use. */
  lastUsedAt: Date | null;
  expiresAt: Date;
};
