/** An application with access, as the person who gave it sees it. */
export type ThirdParty = {
  /** Of the grant. */
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
  /** When the access ends at the latest; null once nothing that the application holds works any more. */
  endsAt: Date | null;
};
