import {
  checkReplyUrl,
  REPLY_URL_LIMIT,
  type ApplicationType,
} from "#lib/legrand/reply-urls/reply-url-schema.ts";

/**
 * The new list of reply URLs, and the number of the field to focus (from 1). Null for a button that the form
 * does not have.
 */
export type PressedButton = { replyUrls: string[]; focus: number } | null;

/**
 * Applies a button of the form to the list without JavaScript: **Add new reply URL** (`add`), **Remove**
 * (`remove=2`) and **Use …** (`repair=2`). The whole form is sent and comes back with the change.
 */
export function pressReplyUrlButton(
  form: URLSearchParams,
  replyUrls: string[],
  type: ApplicationType,
): PressedButton {
  if (form.has("add"))
    return replyUrls.length < REPLY_URL_LIMIT
      ? { replyUrls: [...replyUrls, ""], focus: replyUrls.length + 1 }
      : null;
  const number = Number(form.get("remove") ?? form.get("repair"));
  if (!Number.isInteger(number) || number < 1 || number > replyUrls.length) return null;
  return form.has("remove")
    ? remove(replyUrls, number)
    : { replyUrls: replyUrls.with(number - 1, repair(replyUrls[number - 1]!, type)), focus: number };
}

/** True if one of these buttons was pressed. */
export function hasReplyUrlButton(form: URLSearchParams): boolean {
  return ["add", "remove", "repair"].some((name) => form.has(name));
}

// The last field is kept, empty, so that there is always one to type into.
function remove(replyUrls: string[], number: number): PressedButton {
  const rest = replyUrls.toSpliced(number - 1, 1);
  return { replyUrls: rest.length ? rest : [""], focus: Math.max(1, number - 1) };
}

const repair = (url: string, type: ApplicationType) => checkReplyUrl(url, type)?.repaired ?? url;
