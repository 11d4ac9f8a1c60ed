import type { Metadata } from "next";

import { findOwned } from "#lib/legrand/applications/owned.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";

/**
 * Returns the title of an application's page, with the application's name. So the windows and bookmarks of
 * several applications can be distinguished. For another account's application it is "Not found", as if it
 * did not exist.
 */
export async function applicationTitle(
  clientId: string,
  inWords: (name: string) => string,
): Promise<Metadata> {
  const account = await findAccountOfPage();
  const application = account && (await findOwned(account, clientId));
  return { title: application ? inWords(application.name) : "Not found" };
}
