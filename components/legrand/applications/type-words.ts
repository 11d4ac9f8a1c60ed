/** How the types of application are called on screen. */
export const TYPE_WORDS = { web: "Web application", mobile: "Mobile application" } as const;
