/** Maximum number of subscriptions of an account. */
export const SUBSCRIPTION_LIMIT = 10;

/** Calls per day that a subscription may make for each end user (Works with Legrand, Starter Kit). */
export const DAILY_CALL_LIMIT = 500;

/** Header in which a key is sent (Works with Legrand, Smarther API). */
export const SUBSCRIPTION_KEY_HEADER = "Ocp-Apim-Subscription-Key";

/** The two keys of a subscription, so that one goes on working while the other is replaced. */
export const KEY_NAMES = ["primary", "secondary"] as const;

/** The name of one of the two keys. */
export type KeyName = (typeof KEY_NAMES)[number];
