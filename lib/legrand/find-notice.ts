import { headers } from "next/headers";

import { FORM_NOTICE_COOKIE, openFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";

/**
 * The notice for the page of that path that is being rendered, or null. A page below another one gets the cookies of both,
 * under one name: whichever opens was meant for it.
 */
export async function findNotice(path: string): Promise<FormNotice | null> {
  const cookies = (await headers()).get("cookie")?.split(/; ?/) ?? [];
  const values = cookies.filter((cookie) => cookie.startsWith(`${FORM_NOTICE_COOKIE}=`)).map((cookie) => cookie.slice(FORM_NOTICE_COOKIE.length + 1));
  return values.map((value) => openFormNotice(path, value)).find((notice) => notice !== null) ?? null;
}
