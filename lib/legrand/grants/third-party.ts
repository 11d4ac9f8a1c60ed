import type { SharedHomes } from "#lib/legrand/grants/shared-homes.ts";

/** An application with access, as the person who gave access sees it. */
export type ThirdParty = {
  /** The id of the grant. */
  id: string;
  clientId: string;
  name: string;
  vendor: string;
  /** Web site of the application. */
  url: string;
  logoPath: string | null;
  state: "active" | "suspended";
  grantedScopes: string[];
  /** The homes of the person, and which of them the application may see. */
  sharedHomes: SharedHomes;
  createdAt: Date;
  /** To the minute; null before the first use. */
  lastUsedAt: Date | null;
  /** When the access ends at the latest, or null if none of the application's tokens is valid any more. */
  endsAt: Date | null;
};
