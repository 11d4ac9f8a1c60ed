// What a developer says about an application, without anything of Node: form and server read it by the same rules.
import { z } from "zod";

import { APPLICATION_TYPES } from "#lib/legrand/applications/application-type-schema.ts";

/** Most characters of a name, said beside the field. Characters are code points, after NFC. */
export const NAME_MAX_LENGTH = 60;
/** Most characters of a description. */
export const DESCRIPTION_MAX_LENGTH = 500;
/** Most characters of a vendor. */
export const VENDOR_MAX_LENGTH = 60;
/** Most characters of the address of the application's web site. */
export const URL_MAX_LENGTH = 2000;

/** Control, bidirectional and other invisible characters. The two joiners stay: Persian, Hindi and emoji need them. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/u;
/** Something that can be seen: not joiners and fillers alone. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
const FILLERS = /[\u115f\u1160\u2800\u3164\uffa0]/g;
/** No language stacks more accents; more of them run over the lines around. */
const STACKED_MARKS = /\p{M}{9}/u;

const isSeen = (value: string) => SEEN.test(value.replace(FILLERS, ""));
/** One paragraph: white space of any kind and length is one space. */
const tidy = (value: string) => value.normalize("NFC").replace(/\s+/gu, " ").trim();

/** One line that a person typed for others to read: trimmed, NFC, at most `limit` characters, every one of them to be seen. `what` completes "Type …". */
export function text(what: string, limit: number) {
  return z.string(`Type ${what}.`).transform(tidy).superRefine((value, context) => {
    const length = [...value].length;
    const problem = !isSeen(value) ? `Type ${what}.`
      : length > limit ? `There are ${length.toLocaleString("en")} characters; at most ${limit} fit.`
      : UNSEEN.test(value) ? "There is an invisible character in it, such as one that changes the direction of writing. Type the text anew instead of pasting it."
      : STACKED_MARKS.test(value) ? "There are too many accents on one letter. Leave some out."
      : null;
    if (problem) context.addIssue(problem);
  });
}

const webSite = z.string("Type the address of the application's web site.").transform((value) => value.normalize("NFC").trim()).superRefine((value, context) => {
  const problem = problemOfWebSite(value);
  if (problem) context.addIssue(problem);
});

function problemOfWebSite(value: string): string | null {
  if (value === "") return "Type the address of the application's web site.";
  if (value.length > URL_MAX_LENGTH) return `There are ${value.length.toLocaleString("en")} characters; at most ${URL_MAX_LENGTH.toLocaleString("en")} fit.`;
  if (/\s/u.test(value) || UNSEEN.test(value)) return "There is white space or an invisible character in the address. Leave it out.";
  if (!/^https?:\/\/[^/\\]/i.test(value) || value.includes("\\")) return "Type a complete address that begins with https:// or http://.";
  const url = URL.parse(value);
  if (!url) return "This is no address that a browser can open. Check the host and the port.";
  return url.username || url.password || /^https?:\/\/[^/?#]*@/i.test(value) ? "The address has a user name or a password in it. Leave out everything up to @." : null;
}

/** Step *Description* of a registration: trimmed, NFC, checked; each problem is a sentence for the person who typed. */
export const descriptionSchema = z.object({
  type: z.enum(APPLICATION_TYPES, "Choose the type of the application."),
  name: text("the name of the application", NAME_MAX_LENGTH),
  description: text("what the application does, in a sentence or two", DESCRIPTION_MAX_LENGTH),
  vendor: text("the vendor: the company or the person who offers the application", VENDOR_MAX_LENGTH),
  url: webSite,
});

/** What the description says once it is read. */
export type Description = z.infer<typeof descriptionSchema>;
