/** What is allowed takes the place of what stands (Grant Management for OAuth 2.0, draft 3, §5.1). */
export const REPLACE_GRANT = "replace";

/** The values of `grant_management_action` that are understood; `merge` is what happens without it. */
export const GRANT_MANAGEMENT_ACTIONS: readonly string[] = ["merge", REPLACE_GRANT];
