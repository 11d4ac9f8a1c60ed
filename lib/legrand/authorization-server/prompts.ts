/**
 * The prompt with which an application asks the person to choose an account, even if one is signed in (OpenID
 * Connect Core §3.1.2.1).
 */
export const SELECT_ACCOUNT = "select_account";

/**
 * The supported values of `prompt`, as the metadata lists them (Initiating User Registration via OpenID
 * Connect 1.0 §4.1).
 */
export const PROMPTS: readonly string[] = ["none", "login", "consent", SELECT_ACCOUNT];
