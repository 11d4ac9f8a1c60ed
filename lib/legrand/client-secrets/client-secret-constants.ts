/**
 * Maximum number of active client secrets of an application (Works with Legrand, Registration: there may be
 * several).
 */
export const ALIVE_SECRETS_LIMIT = 5;

/** Lifetimes of a new secret, in days. The first is the default, because Legrand's secrets live one year. */
export const SECRET_LIFETIMES_DAYS = [365, 180, 90, 30] as const;

/** Longest label of a secret, in characters. */
export const SECRET_LABEL_MAX_LENGTH = 60;

/** A secret is shown as about to expire from this many days before its end. */
export const SECRET_EXPIRES_SOON_DAYS = 30;
