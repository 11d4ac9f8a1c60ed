import { cookies } from "next/headers";

import { cookieName } from "#lib/cookie-name.ts";

export type Theme = "light" | "dark";

/** Returns the person's choice, or null if the system decides. */
export async function readTheme(): Promise<Theme | null> {
  const value = (await cookies()).get(cookieName("pages", "theme"))?.value;
  return value === "light" || value === "dark" ? value : null;
}
