/** Returns the attributes of every tag of that name, in the order of the page. */
function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, inside]) =>
    Object.fromEntries(
      [...inside!.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [
        key!,
        unescape(value ?? ""),
      ]),
    ),
  );
}

/**
 * Returns the text that a person can read: without tags, with entities resolved and white space collapsed.
 */
export function textOf(html: string): string {
  const body = html
    .replace(/<(script|style|head)\b[^]*?<\/\1>/g, " ")
    .replace(/<!--[^]*?-->|<wbr\b[^>]*>/g, "");
  return unescape(body.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");
}

/** Returns the scopes that a consent page offers, as `{name, checked, fixed}`. */
export function offeredScopes(html: string): { name: string; checked: boolean; fixed: boolean }[] {
  return tags(html, "input")
    .filter((input) => input.type === "checkbox" && input.name === "scope")
    .map((input) => ({ name: input.value!, checked: "checked" in input, fixed: "disabled" in input }));
}

/** Returns the homes that a page offers as checkboxes, by id, and whether each is ticked. */
export function offeredHomes(html: string): Record<string, boolean> {
  return Object.fromEntries(
    tags(html, "input")
      .filter((input) => input.type === "checkbox" && input.name === "home")
      .map((input) => [input.value!, "checked" in input]),
  );
}

/** Returns the hidden fields of a page, as its form sends them. */
export function hiddenFields(html: string): Record<string, string> {
  return Object.fromEntries(
    tags(html, "input")
      .filter((input) => input.type === "hidden")
      .map((input) => [input.name!, input.value ?? ""]),
  );
}

/** Returns the values of the fields of that name. */
export function valuesOf(html: string, name: string): string[] {
  return tags(html, "input")
    .filter((input) => input.name === name)
    .map((input) => input.value ?? "");
}

function unescape(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
