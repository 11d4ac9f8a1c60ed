import { hiddenFields } from "#tests/factories/html.ts";

/** Returns the form whose action ends with those words, as HTML, or null. */
export function findForm(html: string, actionEnd: string): { action: string; html: string } | null {
  for (const [form, attributes] of html.matchAll(/<form\b([^>]*)>[^]*?<\/form>/g)) {
    const [, action] = / action="([^"]*)"/.exec(attributes!) ?? [];
    if (action?.endsWith(actionEnd)) return { action, html: form };
  }
  return null;
}

/** Returns what a form sends without a person's input, of its hidden fields and marked radio buttons. */
export function defaultFields(form: string): Record<string, string> {
  const marked = [...form.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)]
    .map(([radio]) => radio)
    .filter((radio) => / checked(?:=""| |\/|>)/.test(radio));
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return {
    ...Object.fromEntries(marked.map((radio) => [attribute(radio, "name"), attribute(radio, "value")])),
    ...hiddenFields(form),
  };
}
