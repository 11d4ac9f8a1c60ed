/**
 * The types of application that the portal offers (LEGRAND, Registration), first the one that is chosen
 * unless told.
 */
export const APPLICATION_TYPES = ["web", "mobile"] as const;

/**
 * Web applications keep a secret on a server; mobile applications run on the person's own device (RFC 8252).
 */
export type ApplicationType = (typeof APPLICATION_TYPES)[number];
