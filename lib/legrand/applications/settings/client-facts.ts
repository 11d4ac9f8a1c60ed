/** What a client needs to know about an application and the cloud. It never includes the secret. */
export type ClientFacts = {
  clientId: string;
  /** The first registered reply URL. */
  replyUrl: string;
  /** Scope names. If a library uses identity scopes, which need no registration, it adds them. */
  scopes: string[];
  issuer: string;
  authorizeUrl: string;
  tokenUrl: string;
  apiUrl: string;
};

/** Settings for one kind of client, ready to paste. */
export type ClientSettings = {
  id: string;
  title: string;
  /** What the user does with the code. */
  note: string;
  code: string;
};

/** Returns what a client needs to know about an application at the sandbox with this issuer. */
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
