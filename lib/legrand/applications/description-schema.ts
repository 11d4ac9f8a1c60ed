// What a developer says about an application. This module uses nothing from Node, so that form and server
// read it by the same rules.
import { z } from "zod";

import { APPLICATION_TYPES } from "#lib/legrand/applications/application-type-schema.ts";
import { INVISIBLE_IN_TEXT } from "#lib/invisible-characters.ts";
import { textSchema, toNfc } from "#lib/legrand/text-schema.ts";

/** Maximum number of characters of a name, shown next to the field. Characters are code points, after NFC. */
export const NAME_MAX_LENGTH = 60;
/** Maximum number of characters of a description. */
export const DESCRIPTION_MAX_LENGTH = 500;
/** Maximum number of characters of a vendor. */
export const VENDOR_MAX_LENGTH = 60;
/** Maximum number of characters of the URL of the application's web site. */
export const URL_MAX_LENGTH = 2000;

const webSite = z
  .string("Enter the address of the application's website.")
  .transform((value) => toNfc(value).trim())
  .superRefine((value, context) => {
    const problem = problemOfWebSite(value);
    if (problem) context.addIssue(problem);
  });

function problemOfWebSite(value: string): string | null {
  if (value === "") return "Enter the address of the application's website.";
  if (value.length > URL_MAX_LENGTH)
    return `There are ${value.length.toLocaleString("en")} characters; the maximum is ${URL_MAX_LENGTH.toLocaleString("en")}.`;
  if (/\s/u.test(value) || INVISIBLE_IN_TEXT.test(value))
    return "There is white space or an invisible character in the address. Remove it.";
  if (!/^https?:\/\/[^/\\]/i.test(value) || value.includes("\\"))
    return "Enter a complete address that starts with https:// or http://.";
  const url = URL.parse(value);
  if (!url) return "A browser cannot open this address. Check the host and the port.";
  return url.username || url.password || /^https?:\/\/[^/?#]*@/i.test(value)
    ? "The address contains a user name or a password. Remove everything up to @."
    : null;
}

/**
 * The *Description* step of a registration: trimmed, NFC, checked. Each problem is a sentence for the user.
 */
export const descriptionSchema = z.object({
  type: z.enum(APPLICATION_TYPES, "Choose the type of the application."),
  name: textSchema("the name of the application", NAME_MAX_LENGTH),
  description: textSchema("what the application does, in a sentence or two", DESCRIPTION_MAX_LENGTH),
  vendor: textSchema("the vendor: the company or the person who offers the application", VENDOR_MAX_LENGTH),
  url: webSite,
});

/** The parsed description. */
export type Description = z.infer<typeof descriptionSchema>;
