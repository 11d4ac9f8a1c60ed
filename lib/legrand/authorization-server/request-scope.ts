import { AsyncLocalStorage } from "node:async_hooks";

import type { ArtifactWrites, Replay } from "#lib/legrand/authorization-server/store.ts";

/** An error that is shown to the person, because the redirect is not proven (RFC 6749 §4.1.2.1). */
export type ShownError = {
  error: string;
  description: string;
  clientId: string | null;
  redirectUri: string | null;
};

/** What one request to the authorization server shares among the library's many calls of the adapter. */
export type RequestScope = {
  /** The network that the request came from (`clientNetwork`); null where no interaction is saved. */
  network: string | null;
  /** Read ahead, by `model:id`; a null was looked for and not found. */
  loaded: Map<string, unknown>;
  /** Written together when the library is done. */
  writes: ArtifactWrites;
  /** Grants that the library wants revoked, with everything that hangs on them. */
  revokedGrants: string[];
  /** The answer of this refresh, kept for a client that does not receive it. */
  replay: Replay | null;
  shownError: ShownError | null;
  /** Where the authorization response goes, as it was registered; null where there is no such response. */
  redirectUri: string | null;
  /**
   * Scopes that refuse an authorization request because the catalogue does not have them; the library drops
   * them before it looks.
   */
  unknownScopes: string[];
  /** A mobile application that sends no secret, where it may leave it out (RFC 8252 §8.5). */
  isPublicClient: boolean;
  /** The application whose token request this is was suspended by its developer. */
  isSuspended: boolean;
  /** The secret that this request showed, by its digest: it was right. */
  shownSecret: string | null;
  /** What went wrong inside of us, if anything did: a bug, or the database. */
  failure: Error | null;
};

// One for the process: the provider's adapter and the code that calls the provider may come from different
// bundles.
const KEY = Symbol.for("legrand-connect.request-scope");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<RequestScope> };
const storage = (shared[KEY] ??= new AsyncLocalStorage<RequestScope>());

/** Runs `work` with a scope of its own. */
export function runInRequestScope<T>(scope: RequestScope, work: () => Promise<T>): Promise<T> {
  return storage.run(scope, work);
}

/** The scope of the running request. Throws outside of one. */
export function requestScope(): RequestScope {
  const scope = storage.getStore();
  if (!scope) throw new Error("The authorization server is reached through handleRequest only");
  return scope;
}

/** A scope with nothing loaded and nothing to write, of a request from that network. */
export function newRequestScope(network: string | null = null): RequestScope {
  return {
    network,
    loaded: new Map(),
    writes: { saved: [], spent: [], finished: [], deleted: [], revokedTokensOf: [] },
    revokedGrants: [],
    replay: null,
    shownError: null,
    redirectUri: null,
    unknownScopes: [],
    isPublicClient: false,
    isSuspended: false,
    shownSecret: null,
    failure: null,
  };
}
