import { z } from "zod";

/** Longest name of a subscription, in characters. */
export const SUBSCRIPTION_NAME_MAX_LENGTH = 60;

/** Control characters, half surrogate pairs, and what turns the direction of text around (Unicode Standard Annex 9, §2). */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What the form to subscribe sends: the name, trimmed, in Unicode's normal form C. */
export const subscriptionSchema = z.object({
  name: z.string("Enter a name").trim().normalize("NFC")
    .refine((name) => VISIBLE.test(name), { error: "Enter a name", abort: true })
    .refine((name) => !UNSEEN.test(name), "Remove the characters that cannot be seen")
    .refine((name) => [...name].length <= SUBSCRIPTION_NAME_MAX_LENGTH, `Enter at most ${SUBSCRIPTION_NAME_MAX_LENGTH} characters`),
});
