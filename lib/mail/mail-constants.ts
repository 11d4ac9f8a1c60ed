/** How many mails are kept where no SMTP server takes them; the oldest beyond them go. */
export const KEPT_MAIL_LIMIT = 200;

/** How long they are kept. */
export const KEPT_MAIL_DAYS = 30;

/** How many the page lists. */
export const LISTED_MAIL_LIMIT = 100;
