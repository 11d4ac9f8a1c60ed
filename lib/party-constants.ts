/** A party of the consent flow, as a person sees it. */
export type PartyFacts = { title: string; icon: string };

/** The name in the titles of each party's pages, and the path of its icon. */
export const PARTIES = {
  connect: { title: "Legrand Connect", icon: "/icon.svg" },
  legrand: { title: "Legrand sandbox", icon: "/legrand/icon.svg" },
} as const satisfies Record<string, PartyFacts>;
