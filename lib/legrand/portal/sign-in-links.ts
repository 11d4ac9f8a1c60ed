import { withReturnTo } from "#lib/legrand/portal/return-to.ts";

/** Returns the other links of the sign-in page. A user who comes back from there goes on to `returnTo`. */
export function signInLinks(returnTo: string): {
  returnTo: string;
  signUpHref: string;
  forgottenHref: string;
} {
  return {
    returnTo,
    signUpHref: withReturnTo("/legrand/sign-up", returnTo),
    forgottenHref: withReturnTo("/legrand/forgotten-password", returnTo),
  };
}
