/**
 * A notice that is due, with everything that its mail says; never the secret, of which nobody has more than
 * the last characters.
 */
export type ExpiryNotice = {
  /** The secret's. */
  id: string;
  /** The threshold of the notice before this one, or null. */
  before: number | null;
  /** Days before the end; 0 for the end itself. */
  threshold: 30 | 7 | 0;
  clientId: string;
  applicationName: string;
  isSuspended: boolean;
  label: string;
  lastCharacters: string;
  expiresAt: Date;
  lastUsedAt: Date | null;
  /** E-mail address of the developer. */
  to: string;
};
