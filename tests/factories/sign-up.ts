import { randomUUID } from "node:crypto";

import { Browser, type Page } from "#tests/factories/browser.ts";
import { linkIn, readMails } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

/** What a person types into the sign-up form. */
export type SignUpForm = { email: string; given_name: string; family_name: string; country: string };

/** The password that `confirm` sets. */
export const PASSWORD = "kettle umbrella tuesday";

/** Makes a valid form with a new address. */
export function signUpForm(more: Partial<SignUpForm> = {}): SignUpForm {
  return {
    email: `${randomUUID()}@example.com`,
    given_name: "Inês",
    family_name: "Duarte",
    country: "PT",
    ...more,
  };
}

/** Sends the sign-up form. */
export function postSignUp(
  form: SignUpForm & { return_to?: string; password?: string },
  browser = new Browser(),
): Promise<Page> {
  return browser.post("/legrand/sign-up/submit", form);
}

/** Signs up. Returns the token from the mail. */
export async function beginSignUp(
  form = signUpForm(),
): Promise<{ form: SignUpForm; token: string; link: string }> {
  await postSignUp(form);
  const link = linkIn((await readMails(form.email)).at(-1)!);
  return { form, link, token: new URL(link).searchParams.get("token")! };
}

/** Presses **Confirm** on the page behind the link, with a password and with the name from the sign-up. */
export function confirm(
  token: string,
  browser = new Browser(),
  more: Record<string, string> = {},
): Promise<Page> {
  return browser.post("/legrand/sign-up/confirm/submit", { token, password: PASSWORD, ...more });
}

/** Signs up and confirms with a password. */
export async function makeAccountByMail(
  form = signUpForm(),
  browser = new Browser(),
): Promise<{ email: string; password: string; token: string }> {
  const { token } = await beginSignUp(form);
  await confirm(token, browser);
  return { email: form.email, password: PASSWORD, token };
}

/** Returns the account of that address with its homes, or undefined. */
export async function findAccountRow(
  email: string,
): Promise<
  { id: string; given_name: string; family_name: string; country: string; homes: string[] } | undefined
> {
  const [row] = await query<{
    id: string;
    given_name: string;
    family_name: string;
    country: string;
    homes: string[];
  }>(
    `SELECT id::text, given_name, family_name, country, ARRAY(SELECT name FROM legrand_plant p WHERE p.account_id = a.id) AS homes
     FROM legrand_account a WHERE email = $1`,
    email,
  );
  return row;
}

/** Resets the counts, because all tests come from one network and would add up to its limit. */
export async function forgetCounts(): Promise<void> {
  const networks = ["127.0.0.1", "0:0:0:0"];
  await query(
    `DELETE FROM legrand_sign_in_attempt WHERE key = ANY($1::text[])`,
    networks.flatMap((network) => [`address:${network}`, `mail-network:${network}`]),
  );
}
