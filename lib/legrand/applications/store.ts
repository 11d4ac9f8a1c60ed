import "server-only";

import { database } from "#lib/db/client.ts";

/** A registered application with what the authorization server and the consent page need of it. */
export type Application = {
  clientId: string;
  type: "web" | "mobile";
  name: string;
  description: string;
  vendor: string;
  /** Web site of the application, for people. */
  url: string;
  logoPath: string | null;
  /** Exactly as registered, in the developer's order. */
  replyUrls: string[];
  /** Wire names, without those that need no registration. */
  scopes: string[];
  secrets: { digest: string; expiresAt: string }[];
};

const CLIENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether that has the form of a `client_id`: a GUID in lower case, as the portal writes them. */
export function isClientId(value: unknown): value is string {
  return typeof value === "string" && CLIENT_ID.test(value);
}

/** The application of that `client_id`, or null; one query, whatever the number of reply URLs, scopes and secrets. */
export async function findApplication(clientId: string): Promise<Application | null> {
  if (!isClientId(clientId)) return null;
  const [row] = await database().$queryRaw<{ application: Application | null }[]>`
    SELECT legrand_application_json(${clientId}::uuid) AS application`;
  return row?.application ?? null;
}
