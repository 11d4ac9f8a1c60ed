import { findUser } from "#lib/connect/auth/auth.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { formPost } from "#lib/http/form-post.ts";

/**
 * Returns a route handler for a form of a signed-in user. It checks that the request is same-origin, within
 * the size limit and readable, and that the user is signed in. Then it runs `work`, which returns the URL to
 * go to, or its own response. Without a session nothing is changed, and the browser goes to the account page,
 * which says that an account has to be connected first.
 */
export function signedInPost(
  work: (user: SignedInUser, form: URLSearchParams, headers: Headers) => Promise<string | Response>,
) {
  return formPost(async (form, headers) => {
    const user = await findUser();
    return user ? work(user, form, headers) : "/account";
  });
}
