/**
 * How many client secrets of an application may be alive at once (Works with Legrand, Registration: several
 * may be).
 */
export const ALIVE_SECRETS_LIMIT = 5;

/** How long a new secret lives, in days, the first one unless told otherwise: Legrand's live one year. */
export const SECRET_LIFETIMES_DAYS = [365, 180, 90, 30] as const;

/** Longest label of a secret, in characters. */
export const SECRET_LABEL_MAX_LENGTH = 60;

/** From that many days before its end on, a secret is shown as about to expire. */
export const SECRET_EXPIRES_SOON_DAYS = 30;
