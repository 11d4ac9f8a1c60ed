/**
 * A due notice with everything that its mail says. It never contains the secret, of which only the last
 * characters are stored.
 */
export type ExpiryNotice = {
  /** The id of the secret. */
  id: string;
  /** The threshold of the previous notice, or null. */
  before: number | null;
  /** Days before the expiry; 0 for the expiry itself. */
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
