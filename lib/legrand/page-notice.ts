import { cookies } from "next/headers";

import { FORM_NOTICE_COOKIE, openFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";

/** The notice for the page of that path, which is being rendered; or null. */
export async function findNotice(path: string): Promise<FormNotice | null> {
  return openFormNotice(path, (await cookies()).get(FORM_NOTICE_COOKIE)?.value);
}
