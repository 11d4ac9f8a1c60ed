/** Values that the specifications define, and that are stored as they are. */
export const WORDS: ReadonlySet<string> = new Set([
  "code",
  "token",
  "id_token",
  "none",
  "login",
  "consent",
  "select_account",
  "create",
  "query",
  "fragment",
  "form_post",
  "authorization_code",
  "refresh_token",
  "access_token",
  "client_credentials",
  "password",
  "implicit",
  "S256",
  "plain",
  "merge",
  "replace",
  "accept",
  "deny",
]);

/** Names of parameters and headers that are not short words, and that the sandbox knows. */
export const KNOWN_NAMES: ReadonlySet<string> = new Set([
  "code_challenge_method",
  "client_assertion_type",
  "grant_management_action",
  "Authorization: Basic",
  "Authorization: Bearer",
  "Authorization",
  "Ocp-Apim-Subscription-Key",
  "Body",
]);
