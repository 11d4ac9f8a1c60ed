/** A home as both APIs list it. `country` is the one of its account. */
export type ListedHome = { id: string; name: string; type: string; country: string };
