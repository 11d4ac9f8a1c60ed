import { AsyncLocalStorage } from "node:async_hooks";

import type { ArtifactKind } from "#lib/db/generated/enums.ts";
import type { Account } from "#lib/legrand/accounts/store.ts";
import type { Application } from "#lib/legrand/applications/store.ts";
import type {
  Artifact,
  ArtifactWrites,
  ClientUse,
  Replay,
} from "#lib/legrand/authorization-server/artifacts.store.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";
import type { LibraryRefusal } from "#lib/legrand/request-log/find-reason.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/** An error that is shown to the person, because the redirect URI is not proven (RFC 6749 §4.1.2.1). */
export type ShownError = {
  error: string;
  description: string;
  clientId: string | null;
  redirectUri: string | null;
};

/** The rows that this request has read. Null means that the row was looked up and does not exist. */
export type LoadedRows = {
  /** By `client_id`. */
  applications: Map<string, Application | null>;
  /** By id. */
  accounts: Map<string, Account | null>;
  /** By id. */
  grants: Map<string, Grant | null>;
  /** The grant of the session's account and the application, if an authorization request read it ahead. */
  grantReadAhead: { accountId: string; clientId: string; grant: Grant | null } | null;
  /** By kind and digest, because introspection looks one value up as two kinds (RFC 7662 §2.1). */
  artifacts: Map<ArtifactKey, Artifact | null>;
  /** By digest: the tokens that the library looked up. */
  tokens: Map<string, Promise<Artifact | null>>;
  /** By `uid`. */
  sessionsByUid: Map<string, Artifact | null>;
};

/** The kind of an artifact and the digest of its value. */
export type ArtifactKey = `${ArtifactKind}:${string}`;

/** State that the library's many adapter calls share during one request to the authorization server. */
export type RequestScope = {
  /**
   * The network that the request came from (`clientNetwork`), or null if the request saves no interaction.
   */
  network: string | null;
  loaded: LoadedRows;
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
  /** The use of the client that `commitWrites` records, or null. */
  clientUse: ClientUse | null;
  /** The last four characters of the registered secret that this request sent, expired or not, or null. */
  secretEnding: string | null;
  /** Why the library refused this request, for its developer's record, or null. */
  refusal: LibraryRefusal | null;
  /** The id of the journey of this request (`journeyOf`), or null until it is known. */
  journey: string | null;
  /** When the request began, by `performance.now()`. */
  begunAt: number;
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
    loaded: {
      applications: new Map(),
      accounts: new Map(),
      grants: new Map(),
      grantReadAhead: null,
      artifacts: new Map(),
      tokens: new Map(),
      sessionsByUid: new Map(),
    },
    writes: { saved: [], spent: [], finished: [], deleted: [], revokedTokensOf: [] },
    revokedGrants: [],
    replay: null,
    shownError: null,
    redirectUri: null,
    unknownScopes: [],
    isPublicClient: false,
    isSuspended: false,
    shownSecret: null,
    clientUse: null,
    secretEnding: null,
    refusal: null,
    journey: null,
    begunAt: performance.now(),
    failure: null,
  };
}

/** Returns the row that this request has already read under `key`, or else reads it and keeps it. */
export async function readOnce<Key, Row extends object | null>(
  rows: Map<Key, Row>,
  key: Key,
  read: () => Promise<Row>,
): Promise<Row> {
  const known = rows.get(key);
  if (known !== undefined) return known;
  const row = await read();
  rows.set(key, row);
  return row;
}
