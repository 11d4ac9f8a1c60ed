/** The labels of the application types. */
export const TYPE_WORDS = { web: "Web application", mobile: "Mobile application" } as const;
