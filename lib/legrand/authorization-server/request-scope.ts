import { AsyncLocalStorage } from "node:async_hooks";

import type { ArtifactWrites, Replay } from "#lib/legrand/authorization-server/store.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/** An error that is shown to the person, because the redirect URI is not proven (RFC 6749 §4.1.2.1). */
export type ShownError = {
  error: string;
  description: string;
  clientId: string | null;
  redirectUri: string | null;
};

/** State that the library's many adapter calls share during one request to the authorization server. */
export type RequestScope = {
  /**
   * The network that the request came from (`clientNetwork`), or null if the request saves no interaction.
   */
  network: string | null;
  /** Values read ahead, keyed by `model:id`. Null means that the value was looked up and not found. */
  loaded: Map<string, unknown>;
  /** Written together when the library has finished. */
  writes: ArtifactWrites;
  /** Grants that the library wants to revoke, with their codes and tokens. */
  revokedGrants: string[];
  /** The response to this refresh, stored in case the client does not receive it. */
  replay: Replay | null;
  shownError: ShownError | null;
  /** The registered URL that the authorization response goes to, or null if there is no such response. */
  redirectUri: string | null;
  /**
   * Unknown scopes, for which the authorization request is refused. They are recorded here because the
   * library drops them before its checks run.
   */
  unknownScopes: string[];
  /** True for a mobile application that sent no secret and may leave it out (RFC 8252 §8.5). */
  isPublicClient: boolean;
  /** True if the developer of the application that sent this token request suspended it. */
  isSuspended: boolean;
  /** The digest of the correct client secret that this request sent, or null. */
  shownSecret: string | null;
  /** An internal failure: a bug, or an error of the database. */
  failure: Error | null;
};

// The process has one storage, because the provider's adapter and the code that calls the provider may come
// from different bundles.
const storage = oncePerProcess("request-scope", () => new AsyncLocalStorage<RequestScope>());

/** Runs `work` with `scope` as its request scope. */
export function runInRequestScope<T>(scope: RequestScope, work: () => Promise<T>): Promise<T> {
  return storage.run(scope, work);
}

/** Returns the scope of the running request. Throws outside of a request. */
export function requestScope(): RequestScope {
  const scope = storage.getStore();
  if (!scope) throw new Error("The authorization server is reached through handleRequest only");
  return scope;
}

/** Returns an empty scope for a request from this network. */
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
