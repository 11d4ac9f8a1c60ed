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
  createdAt: Date;
  /** To the minute; null before the first use. */
  lastUsedAt: Date | null;
  /** When the access ends at the latest, or null if none of the application's tokens is valid any more. */
  endsAt: Date | null;
};
