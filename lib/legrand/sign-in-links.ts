import { withReturnTo } from "#lib/legrand/return-to.ts";

/** Where the sign-in page leads beside signing in; whoever comes back from there goes on to `returnTo`. */
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
