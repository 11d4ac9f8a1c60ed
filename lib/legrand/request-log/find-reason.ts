import { isReason, type Reason } from "#lib/legrand/request-log/reason-constants.ts";

/** A refusal as the library reports it: the OAuth error code, and its detail and description together. */
export type LibraryRefusal = { error: string; detail: string };

/**
 * What the detail of a refusal begins with, and the exact reason that it stands for. The details are those of
 * `oidc-provider` and of this server. Their text is never stored, because it may contain what the caller sent.
 */
const DETAILS: readonly (readonly [RegExp, Reason])[] = [
  [/^authorization code not found/, "code_unknown"],
  [/^authorization code is expired/, "code_expired"],
  [/^authorization code already consumed/, "code_reused"],
  [/^authorization code redirect_uri mismatch/, "redirect_uri_differs"],
  [/^refresh token not found/, "refresh_token_unknown"],
  [/^refresh token is expired/, "refresh_token_expired"],
  [/^refresh token (?:already used|already consumed)/, "refresh_token_reused"],
  [/^client mismatch/, "issued_to_another_application"],
  [/^grant (?:not found|is expired)/, "access_ended"],
  [/code_verifier|^unsupported code_challenge/, "pkce_failed"],
  [/code_challenge/, "pkce_unsupported"],
  [/^invalid secret provided/, "secret_wrong"],
  [/^expired the client secret/, "secret_expired"],
  [
    /^(?:the provided authentication mechanism|no client authentication|client_secret must)/,
    "secret_missing",
  ],
  [/^client authentication must only/, "two_authentications"],
  [/^missing required parameter/, "parameter_missing"],
  [/^access token.* expired/, "token_expired"],
  [/longer than [\d,]+ bytes|too many parameters/i, "too_long"],
  [/suspended/, "suspended"],
];

/** Returns the exact reason of a refusal, or the general one of its OAuth error code. */
export function findReason({ error, detail }: LibraryRefusal): Reason {
  const exact = DETAILS.find(([pattern]) => pattern.test(detail))?.[1];
  return exact ?? (isReason(error) ? error : "other");
}
