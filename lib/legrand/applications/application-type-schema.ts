/** The types of application that the portal offers (LEGRAND, Registration). The first is the default. */
export const APPLICATION_TYPES = ["web", "mobile"] as const;

/**
 * Web applications keep a secret on a server. Mobile applications run on the person's own device (RFC 8252).
 */
export type ApplicationType = (typeof APPLICATION_TYPES)[number];
