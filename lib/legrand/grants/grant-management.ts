/**
 * Replaces the existing grant with what the person allows (Grant Management for OAuth 2.0, draft 3, §5.1).
 */
export const REPLACE_GRANT = "replace";

/** The supported values of `grant_management_action`. `merge` is the default. */
export const GRANT_MANAGEMENT_ACTIONS: readonly string[] = ["merge", REPLACE_GRANT];
