/** The attributes of every tag of that name, in the order of the page. */
function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, inside]) =>
    Object.fromEntries([...inside!.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key!, unescape(value ?? "")])));
}

/** What a person can read: without tags, entities resolved, white space as one space. */
export function textOf(html: string): string {
  const body = html.replace(/<(script|style|head)\b[^]*?<\/\1>/g, " ").replace(/<!--[^]*?-->/g, "");
  return unescape(body.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");
}

/** The scopes that a consent page offers, as `{name, checked, fixed}`. */
export function offeredScopes(html: string): { name: string; checked: boolean; fixed: boolean }[] {
  return tags(html, "input").filter((input) => input.type === "checkbox" && input.name === "scope")
    .map((input) => ({ name: input.value!, checked: "checked" in input, fixed: "disabled" in input }));
}

function unescape(text: string): string {
  return text.replaceAll("&quot;", "\"").replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
