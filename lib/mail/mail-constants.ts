/** How many mails are kept if no SMTP server is set. The oldest ones beyond this are deleted. */
export const KEPT_MAIL_LIMIT = 200;

/** How long kept mail is stored. */
export const KEPT_MAIL_DAYS = 30;

/** How many mails the page lists. */
export const LISTED_MAIL_LIMIT = 100;
