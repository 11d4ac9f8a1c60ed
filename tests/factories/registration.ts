import type { Browser, Page } from "#tests/factories/browser.ts";
import { hiddenFields } from "#tests/factories/html.ts";
import type { TestAccount } from "#tests/factories/make-account.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

/** A valid description. */
export const DESCRIPTION = {
  type: "web",
  name: "Thermo",
  description: "Shows the temperature of each room.",
  vendor: "Thermo Ltd",
  url: "https://thermo.example/",
};
export const REPLY_URL = "https://thermo.example/callback";

const NEW = "/legrand/applications/new";

/** A developer at the portal, with a draft whose first step was sent. */
export type Registering = { browser: Browser; account: TestAccount; draft: string };

/** Returns the draft that an address names. */
export const draftIn = (page: Page): string => new URL(page.location ?? page.url).searchParams.get("draft")!;

/** Sends one step of a registration, as its form does. */
export function sendStep(
  { browser, draft }: Pick<Registering, "browser" | "draft">,
  step: string,
  form: Record<string, string | string[]>,
  headers?: Record<string, string>,
): Promise<Page> {
  return browser.post(`${NEW}/${step}/submit`, { draft, action: "next", ...form }, headers);
}

/**
 * Signs in as a new developer, or as the given one, and sends the first step. `description` overrides the
 * default fields.
 */
export async function beginDraft(
  description: Partial<typeof DESCRIPTION> = {},
  account?: TestAccount,
): Promise<Registering> {
  const signedIn = await signInToPortal(account);
  const page = await signedIn.browser.open(`${NEW}/description`);
  const answer = await signedIn.browser.post(`${NEW}/description/submit`, {
    ...hiddenFields(page.text),
    action: "next",
    ...DESCRIPTION,
    ...description,
  });
  if (!answer.location?.includes("draft=")) throw new Error(`No draft: ${answer.status} ${answer.text}`);
  return { ...signedIn, draft: draftIn(answer) };
}

/** Makes a draft that can be validated. */
export async function completeDraft(
  replyUrls = [REPLY_URL],
  scopes = ["comfort.read"],
  description: Partial<typeof DESCRIPTION> = {},
): Promise<Registering> {
  const registering = await beginDraft(description);
  await sendStep(registering, "reply-urls", { reply_url: replyUrls });
  await sendStep(registering, "scopes", { scope: scopes });
  return registering;
}

/** Presses **Validate** on the review page of a draft. */
export async function validate({ browser, draft }: Pick<Registering, "browser" | "draft">): Promise<Page> {
  const page = await browser.open(`${NEW}/review?draft=${draft}`);
  return browser.post(`${NEW}/review/submit`, { ...hiddenFields(page.text), draft, action: "validate" });
}

/** Registers an application. Returns it with its developer. */
export async function register(
  ...args: Parameters<typeof completeDraft>
): Promise<Registering & { clientId: string }> {
  const registering = await completeDraft(...args);
  const answer = await validate(registering);
  if (!answer.location?.endsWith(registering.draft))
    throw new Error(`Not registered: ${answer.status} ${answer.location ?? answer.text}`);
  return { ...registering, clientId: registering.draft };
}

/** Opens one page of the editor and sends its form. `form` overrides the hidden fields. */
export async function sendEdit(
  { browser, clientId }: { browser: Browser; clientId: string },
  step: string,
  form: Record<string, string | string[]>,
): Promise<Page> {
  const page = await browser.open(`/legrand/applications/${clientId}/edit/${step}`);
  return browser.post(`/legrand/applications/${clientId}/edit/${step}/submit`, {
    seen: hiddenFields(page.text).seen!,
    action: "save",
    ...form,
  });
}

/** Returns what is registered under that `client_id`, or null. */
export async function findRegistered(clientId: string): Promise<{
  name: string;
  type: string;
  description: string;
  vendor: string;
  url: string;
  logo: string | null;
  developer: string;
  replyUrls: string[];
  scopes: string[];
} | null> {
  const [row] = await query<{ application: Awaited<ReturnType<typeof findRegistered>> }>(
    `SELECT jsonb_build_object('name', name, 'type', type, 'description', description, 'vendor', vendor, 'url', url, 'logo', logo_path, 'developer', developer_id,
       'replyUrls', (SELECT coalesce(jsonb_agg(r.url ORDER BY position), '[]') FROM legrand_reply_url r WHERE r.client_id = a.client_id),
       'scopes', (SELECT coalesce(jsonb_agg(scope ORDER BY scope), '[]') FROM legrand_requested_scope s WHERE s.client_id = a.client_id)) AS application
     FROM legrand_application a WHERE client_id = $1::uuid`,
    clientId,
  );
  return row?.application ?? null;
}

/** Returns the fields of a draft, or null if there is no such draft. */
export async function findDraftFields(draft: string): Promise<Record<string, unknown> | null> {
  const [row] = await query<{ fields: Record<string, unknown> }>(
    `SELECT fields FROM legrand_application_draft WHERE id = $1::uuid`,
    draft,
  );
  return row?.fields ?? null;
}

/** Returns the history of an application, oldest first. */
export function listHistory(
  clientId: string,
): Promise<
  { who: string; what: string; detail: { changes?: { field: string; from: unknown; to: unknown }[] } }[]
> {
  return query(
    `SELECT who, what, detail FROM legrand_application_change WHERE client_id = $1::uuid ORDER BY at`,
    clientId,
  );
}
