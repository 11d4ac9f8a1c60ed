import { cookieName } from "#lib/cookie-name.ts";
import { env } from "#lib/env.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { setCookieLine } from "#lib/http/set-cookie-line.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the chosen theme in a cookie; "system" forgets it. */
export const POST = formPost(async (form, headers) => {
  const theme = form.get("theme");
  const keeps = theme === "light" || theme === "dark";
  const back = URL.parse(headers.get("referer") ?? "");
  return seeOther(
    env().origin + (back?.origin === env().origin ? back.pathname + back.search : "/"),
    setCookieLine(cookieName("pages", "theme"), keeps ? theme : "", {
      path: "/",
      lifetimeSeconds: keeps ? YEAR_SECONDS : 0,
    }),
  );
});
