const keyOf = (form: HTMLFormElement) => `typed:${form.action}`;

/** What was typed, without the file: that is sent once, with the form. */
export function readTyped(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(
    [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Remembers in this tab what the server may not have yet when the page is asked for again. */
export function rememberTyped(form: HTMLFormElement): void {
  sessionStorage.setItem(keyOf(form), readTyped(form).toString());
}

/**
 * Puts back what was typed a moment before a reload. After any other way to the page the server's word
 * counts: something else may have been saved meanwhile. Returns whether there is something to save, typed
 * before the reload or before the script came.
 */
export function putBackTyped(form: HTMLFormElement): boolean {
  const typed = sessionStorage.getItem(keyOf(form));
  sessionStorage.removeItem(keyOf(form));
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (typed && navigation?.type === "reload") return fillIn(form, new URLSearchParams(typed));
  return fieldsOf(form).some(isChanged);
}

type Typed = HTMLInputElement | HTMLTextAreaElement;

const isChoice = (field: Typed): field is HTMLInputElement =>
  field.type === "checkbox" || field.type === "radio";
const isChanged = (field: Typed) =>
  isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
const fieldsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<Typed>("input, textarea")].filter(
    (field) => field.type !== "file" && field.type !== "hidden",
  );

function fillIn(form: HTMLFormElement, typed: URLSearchParams): boolean {
  const ticket = form.elements.namedItem("ticket");
  if (ticket instanceof HTMLInputElement) ticket.value = typed.get("ticket") ?? ticket.value;
  const fields = fieldsOf(form);
  // A row of a list that came or went a moment before cannot be put back into the others.
  if (fields.filter(({ name }) => name === "reply_url").length !== typed.getAll("reply_url").length)
    return false;
  for (const field of fields) {
    if (isChoice(field)) field.checked = typed.getAll(field.name).includes(field.value);
    else
      field.value =
        typed.getAll(field.name)[fields.filter(({ name }) => name === field.name).indexOf(field)] ??
        field.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}
