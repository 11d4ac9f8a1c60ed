import { headers } from "next/headers";

import { readFormNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";

/** Returns the notice for the page that is being rendered at that path, or null. */
export async function findNotice(path: string): Promise<FormNotice | null> {
  return readFormNotice(path, new Headers(await headers()));
}
