import type { Metadata } from "next";

import { findOwned } from "#lib/legrand/applications/owned.ts";
import { findAccountOfPage } from "#lib/legrand/session.ts";

/**
 * The title of an application's page, by the application's name: windows and bookmarks of several can be told
 * apart. Somebody else's is titled as one that does not exist.
 */
export async function applicationTitle(
  clientId: string,
  inWords: (name: string) => string,
): Promise<Metadata> {
  const account = await findAccountOfPage();
  const application = account && (await findOwned(account, clientId));
  return { title: application ? inWords(application.name) : "Not found" };
}
