/** How many mails the sandbox keeps; the oldest beyond them go. */
export const KEPT_MAIL_LIMIT = 200;

/** How long it keeps them. */
export const KEPT_MAIL_DAYS = 30;

/** How many the page lists. */
export const LISTED_MAIL_LIMIT = 100;
