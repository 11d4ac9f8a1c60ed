import { isSameOrigin } from "#lib/same-origin.ts";
import { env } from "#lib/env.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the chosen theme in a cookie; "system" forgets it. Works as a plain form, without JavaScript. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const theme = (await request.formData().catch(() => null))?.get("theme");
  const keeps = theme === "light" || theme === "dark";
  const cookie = `theme=${keeps ? theme : ""}; Path=/; Max-Age=${keeps ? YEAR_SECONDS : 0}; SameSite=Lax; HttpOnly${env().isHttps ? "; Secure" : ""}`;
  const back = URL.parse(request.headers.get("referer") ?? "");
  const location = back?.origin === env().origin ? back.pathname + back.search : "/";
  return new Response(null, { status: 303, headers: { location, "set-cookie": cookie } });
}
