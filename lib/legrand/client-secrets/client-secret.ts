/** A client secret as its developer sees it: everything except its value. */
export type ClientSecret = {
  id: string;
  label: string;
  lastCharacters: string;
  /**
   * The name, at that time, of the developer who generated it. Null for a secret that the server made for
   * itself.
   */
  createdBy: string | null;
  createdAt: Date;
  /** To the minute; null before the first use. */
  lastUsedAt: Date | null;
  expiresAt: Date;
};
