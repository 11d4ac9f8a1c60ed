import { findUser } from "#lib/connect/auth.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { formPost } from "#lib/http/form-post.ts";

/**
 * A route handler for a form of somebody who is signed in: same origin, bounded, readable, signed in; then
 * `work`, which answers with the address to go to, or with a response of its own. Without a session nothing
 * is changed, and the browser goes to the account page, which says that an account has to be connected first.
 */
export function signedInPost(
  work: (user: SignedInUser, form: URLSearchParams, headers: Headers) => Promise<string | Response>,
) {
  return formPost(async (form, headers) => {
    const user = await findUser();
    return user ? work(user, form, headers) : "/account";
  });
}
