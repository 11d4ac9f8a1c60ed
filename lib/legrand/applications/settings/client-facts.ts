/** What a client has to know of an application and of the cloud; never the secret. */
export type ClientFacts = {
  clientId: string;
  /** The first one that is registered. */
  replyUrl: string;
  /** Wire names; the identity scopes that need no registration come on top where a library uses them. */
  scopes: string[];
  issuer: string;
  authorizeUrl: string;
  tokenUrl: string;
  apiUrl: string;
};

/** Settings for one kind of client, ready to be pasted. */
export type ClientSettings = {
  id: string;
  title: string;
  /** What to do with it. */ note: string;
  code: string;
};

/** The facts of an application at the sandbox of that issuer. */
export function clientFacts(
  { clientId, replyUrls, scopes }: { clientId: string; replyUrls: string[]; scopes: string[] },
  issuer: string,
): ClientFacts {
  return {
    clientId,
    scopes,
    issuer,
    replyUrl: replyUrls[0] ?? "https://your-application.example/callback",
    authorizeUrl: `${issuer}/authorize`,
    tokenUrl: `${issuer}/token`,
    apiUrl: `${issuer}/api/smarther/v2.0`,
  };
}
