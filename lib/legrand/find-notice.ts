import { headers } from "next/headers";

import { readFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";

/** The notice for the page of that path that is being rendered, or null. */
export async function findNotice(path: string): Promise<FormNotice | null> {
  return readFormNotice(path, new Headers(await headers()));
}
