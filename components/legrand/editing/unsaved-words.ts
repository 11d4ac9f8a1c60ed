const keyOf = (form: HTMLFormElement) => `typed:${form.action}`;

/** Returns the typed text without the file, which is sent once, with the form. */
export function readTyped(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(
    [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Stores in this tab what may not have reached the server before the page is requested again. */
export function rememberTyped(form: HTMLFormElement): void {
  sessionStorage.setItem(keyOf(form), readTyped(form).toString());
}

/**
 * Restores what was typed just before a reload. After any other navigation the server's values apply, because
 * something else may have been saved since then. Returns true if there is something to save that was typed
 * before the reload or before the script loaded.
 */
export function putBackTyped(form: HTMLFormElement): boolean {
  const typed = sessionStorage.getItem(keyOf(form));
  sessionStorage.removeItem(keyOf(form));
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (typed && navigation?.type === "reload") return fillIn(form, new URLSearchParams(typed));
  return fieldsOf(form).some(isChanged);
}

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isChoice = (field: Typed): field is HTMLInputElement =>
  field.type === "checkbox" || field.type === "radio";
function isChanged(field: Typed): boolean {
  if (field instanceof HTMLSelectElement) return !field.selectedOptions[0]?.defaultSelected;
  return isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

const fieldsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<Typed>("input, textarea, select")].filter(
    (field) => field.type !== "file" && field.type !== "hidden",
  );

function fillIn(form: HTMLFormElement, typed: URLSearchParams): boolean {
  const ticket = form.elements.namedItem("ticket");
  if (ticket instanceof HTMLInputElement) ticket.value = typed.get("ticket") ?? ticket.value;
  const fields = fieldsOf(form);
  // If a row was added or removed just before, the values no longer match the rows and are not restored.
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
