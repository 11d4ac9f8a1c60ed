/** The words of a reason: what happened, where that rule is from, and what the developer can do. */
export type ReasonWords = { title: string; source: string; advice: string };

const REASONS = {
  // Authorization requests
  invalid_redirect_uri: {
    title: "Reply URL does not match",
    source: "RFC 6749 §3.1.2.4",
    advice: "Send a registered reply URL, byte by byte, or register the one that you send.",
  },
  unsupported_response_type: {
    title: "Response type is not “code”",
    source: "RFC 6749 §3.1.1",
    advice: "Send response_type=code.",
  },
  unsupported_response_mode: {
    title: "Response mode is unknown",
    source: "OAuth 2.0 Multiple Response Types §2.1",
    advice: "Leave out response_mode, or send query.",
  },
  invalid_scope: {
    title: "A scope is unknown or not registered",
    source: "RFC 6749 §3.3",
    advice: "Ask only for scopes that are registered under Reply URLs and scopes.",
  },
  access_denied: {
    title: "The person did not allow the access",
    source: "RFC 6749 §4.1.2.1",
    advice: "Show the person what they can do without it, and let them try again.",
  },
  login_required: {
    title: "The person has to sign in",
    source: "OpenID Connect Core §3.1.2.6",
    advice: "Send the request again without prompt=none.",
  },
  consent_required: {
    title: "The person has to consent",
    source: "OpenID Connect Core §3.1.2.6",
    advice: "Send the request again without prompt=none.",
  },
  interaction_required: {
    title: "The person has to answer first",
    source: "OpenID Connect Core §3.1.2.6",
    advice: "Send the request again without prompt=none.",
  },
  account_selection_required: {
    title: "The person has to choose an account",
    source: "OpenID Connect Core §3.1.2.6",
    advice: "Send the request again without prompt=none.",
  },
  pkce_unsupported: {
    title: "PKCE method is missing or unknown",
    source: "RFC 7636 §4.3",
    advice: "Send code_challenge_method=S256 with the code_challenge.",
  },
  // Token requests
  code_unknown: {
    title: "Code is unknown",
    source: "RFC 6749 §5.2",
    advice: "Send the code exactly as it arrived at the reply URL, after decoding the URL.",
  },
  code_expired: {
    title: "Code has expired",
    source: "RFC 6749 §4.1.2",
    advice: "Redeem the code as soon as it arrives.",
  },
  code_reused: {
    title: "Code was used before",
    source: "RFC 6749 §4.1.2",
    advice:
      "Redeem each code once. A second use ends the access. Check whether your reply URL was loaded twice.",
  },
  redirect_uri_differs: {
    title: "Reply URL differs from the authorization request",
    source: "RFC 6749 §4.1.3",
    advice: "Send the same redirect_uri in both requests.",
  },
  refresh_token_unknown: {
    title: "Refresh token is unknown",
    source: "RFC 6749 §5.2",
    advice: "Send the newest refresh token. If the person ended the access, ask them to connect again.",
  },
  refresh_token_expired: {
    title: "Refresh token has expired",
    source: "RFC 6749 §5.2",
    advice: "Ask the person to connect again.",
  },
  refresh_token_reused: {
    title: "Refresh token was used before",
    source: "RFC 9700 §4.14.2",
    advice: "Store the new refresh token of every answer, and let one process refresh at a time.",
  },
  issued_to_another_application: {
    title: "Issued to another application",
    source: "RFC 6749 §5.2",
    advice: "Send the client_id that the code or token was issued to.",
  },
  access_ended: {
    title: "The access has ended",
    source: "RFC 6749 §5.2",
    advice: "Ask the person to connect again.",
  },
  pkce_failed: {
    title: "Code verifier does not match",
    source: "RFC 7636 §4.6",
    advice: "Send the code_verifier that you made the code_challenge of this request from.",
  },
  secret_wrong: {
    title: "Client secret is wrong",
    source: "RFC 6749 §5.2",
    advice: "Send a secret of this application. Credentials lists their last four characters.",
  },
  secret_expired: {
    title: "Client secret has expired",
    source: "RFC 6749 §5.2",
    advice: "Generate a new client secret under Credentials, and send that one.",
  },
  secret_missing: {
    title: "Client secret is missing",
    source: "RFC 6749 §2.3.1",
    advice: "Send client_secret in the form, or client ID and secret by Authorization: Basic.",
  },
  two_authentications: {
    title: "Two ways of authentication at once",
    source: "RFC 6749 §2.3",
    advice: "Send the secret in the form or by Authorization: Basic, not both.",
  },
  unsupported_grant_type: {
    title: "Grant type is unknown",
    source: "RFC 6749 §5.2",
    advice: "Send grant_type=authorization_code or refresh_token.",
  },
  parameter_missing: {
    title: "A parameter is missing",
    source: "RFC 6749 §5.2",
    advice: "Compare the parameters that arrived with those that the step requires.",
  },
  invalid_request: {
    title: "The request is malformed",
    source: "RFC 6749 §5.2",
    advice: "Compare the parameters that arrived with those that the step requires. Send each one once.",
  },
  too_long: {
    title: "The request is too long",
    source: "RFC 9110 §15.5.15",
    advice: "Send fewer or shorter parameters. Keep your own data in your session, and only a key in state.",
  },
  invalid_client: {
    title: "The application could not be verified",
    source: "RFC 6749 §5.2",
    advice: "Check the client ID and the secret.",
  },
  invalid_grant: {
    title: "Code or refresh token is not valid",
    source: "RFC 6749 §5.2",
    advice: "Send the newest one. If the person ended the access, ask them to connect again.",
  },
  unauthorized_client: {
    title: "The application may not do this",
    source: "RFC 6749 §5.2",
    advice: "Check the type and the state of the application.",
  },
  suspended: {
    title: "The application is suspended",
    source: "RFC 6749 §5.2",
    advice: "Resume the application. Nothing was lost in the meantime.",
  },
  too_many_failures: {
    title: "Too many failed token requests",
    source: "RFC 6585 §4",
    advice: "Wait as Retry-After says, and fix the reason of the failures before.",
  },
  // Calls with an access token
  token_expired: {
    title: "Access token has expired",
    source: "RFC 6750 §3.1",
    advice: "Refresh when expires_in is over, or at the first 401.",
  },
  invalid_token: {
    title: "Access token is not valid",
    source: "RFC 6750 §3.1",
    advice: "Refresh the token. If that is refused too, ask the person to connect again.",
  },
  insufficient_scope: {
    title: "Scope is missing",
    source: "RFC 6750 §3.1",
    advice: "Ask for the scope that the operation needs in a new authorization request.",
  },
  key_missing: {
    title: "Subscription key is missing",
    source: "Legrand, Smarther API",
    advice: "Send the header Ocp-Apim-Subscription-Key with a key of your subscription.",
  },
  key_unknown: {
    title: "Subscription key is unknown",
    source: "Legrand, Smarther API",
    advice: "Send a key of an active subscription.",
  },
  out_of_quota: {
    title: "Daily quota is used up",
    source: "Legrand, Smarther API",
    advice: "Wait as Retry-After says, and poll less often.",
  },
  not_found: {
    title: "Resource not found, or its gateway is offline",
    source: "RFC 9110 §15.5.5",
    advice: "Read the homes and modules again. The person may have stopped sharing the home.",
  },
  bad_call: {
    title: "The call is malformed",
    source: "RFC 9110 §15.5.1",
    advice: "Compare the body with the description of the operation under APIs.",
  },
  conflict: {
    title: "The call conflicts with what exists",
    source: "RFC 9110 §15.5.10",
    advice: "Read the present state before you send the call again.",
  },
  // Interactions
  wrong_password: {
    title: "E-mail or password is wrong",
    source: "Sandbox, sign-in",
    advice: "Nothing: the person can try again, or set a new password.",
  },
  too_many_attempts: {
    title: "Too many sign-in attempts",
    source: "Sandbox, sign-in",
    advice: "Nothing: the person can try again later.",
  },
  no_home: {
    title: "No home was chosen",
    source: "Sandbox, consent",
    advice: "Nothing: the person can choose a home.",
  },
  // Everywhere
  server_error: {
    title: "The sandbox failed",
    source: "RFC 6749 §4.1.2.1",
    advice: "Nothing is wrong with the request. Send it again, later.",
  },
  other: {
    title: "Refused for another reason",
    source: "RFC 6749 §5.2",
    advice: "Read error and error_description in the answer.",
  },
} as const satisfies Record<string, ReasonWords>;

/** The code of an exact reason, as it is stored. */
export type Reason = keyof typeof REASONS;

/** True if the text is the code of a reason. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

/** Returns the words of a stored reason. An unknown code, of a newer version, has the general words. */
export function describeReason(reason: string): ReasonWords {
  return REASONS[isReason(reason) ? reason : "other"];
}
