import type { Metadata, Viewport } from "next";

import { readTheme } from "#components/layout/theme.ts";
import type { Party } from "#components/ui/plate.tsx";
import { PARTIES } from "#lib/party-constants.ts";

// The colours of the marks. The dark ones are soft, because a browser fills its whole bar with them.
const COLOURS: Record<Party, { light: string; dark: string }> = {
  connect: { light: "#1a5ba6", dark: "#12233a" },
  legrand: { light: "#d3001b", dark: "#3a1517" },
};

/** Returns the title of a party's pages, so that a person with many tabs sees whose page each is. */
export function partyTitle(party: Party): NonNullable<Metadata["title"]> {
  const { title } = PARTIES[party];
  return { default: title, template: `%s · ${title}` };
}

/** Returns the colour scheme, and the colour that a browser gives its own bar. */
export async function partyViewport(party: Party): Promise<Viewport> {
  const [theme, { light, dark }] = [await readTheme(), COLOURS[party]];
  if (theme) return { colorScheme: theme, themeColor: theme === "dark" ? dark : light };
  return {
    colorScheme: "light dark",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: light },
      { media: "(prefers-color-scheme: dark)", color: dark },
    ],
  };
}
