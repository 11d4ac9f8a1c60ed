import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { ArtifactKind } from "#lib/db/generated/enums.ts";
import type { Account } from "#lib/legrand/accounts/store.ts";
import type { Application } from "#lib/legrand/applications/store.ts";
import {
  ANONYMOUS_BOUNDS,
  MOST_OF_ACCOUNT,
  MOST_OF_GRANT,
} from "#lib/legrand/authorization-server/bounds.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/**
 * One stored code, token, session or interaction. `payload` never contains the value that the client or the
 * browser holds. Only the digest of that value is stored, in `digest`.
 */
export type Artifact = {
  kind: ArtifactKind;
  digest: string;
  payload: Record<string, unknown>;
  grantId: string | null;
  uid: string | null;
  /** Epoch seconds, or null. */
  consumedAt: number | null;
};

/**
 * An artifact to store. `network` is the network that the request came from. It is stored with an interaction
 * until an account signs in to it.
 */
export type SavedArtifact = Omit<Artifact, "consumedAt"> & { expiresAt: Date; network?: string | null };

/** What a request to the authorization server writes, all or nothing. */
export type ArtifactWrites = {
  saved: SavedArtifact[];
  /** Digests of codes and refresh tokens that this request spends. */
  spent: string[];
  /**
   * Digests of answered interactions, so that a late visitor can be told that the interaction was answered;
   * and of used refresh tokens that remain valid.
   */
  finished: string[];
  deleted: string[];
  /** Grants whose codes and tokens this request revokes. */
  revokedTokensOf: string[];
};

/**
 * Condition for saving a signed-in session. For a new session, the verified password must still be the
 * account's password; `passwordProof` is the digest of the stored password hash. For an existing session, the
 * session must not have been ended by a sign-out or a new password, because saving it would undo that.
 */
export type SessionCondition = { accountId: string } & ({ passwordProof: string } | { uid: string });

/**
 * The response to a refresh, encrypted with the refresh token that it spent, so that the client can fetch it
 * again.
 */
export type Replay = {
  digest: string;
  ciphertext: string;
  successor: string;
  scope: string;
  expiresAt: Date;
};

/** Returns the artifact with this digest, or null. Expired and consumed artifacts are included. */
export async function findArtifact(kind: ArtifactKind, digest: string): Promise<Artifact | null> {
  const rows = await database().$queryRaw<Artifact[]>`
    /* prepared */ SELECT kind::text, digest, payload, grant_id AS "grantId", uid, extract(epoch FROM consumed_at)::float8 AS "consumedAt"
    FROM legrand_artifact WHERE digest = ${digest} AND kind::text = ${kind}`;
  return rows[0] ?? null;
}

/** A client that authenticated, and the digest of the secret that it sent, if it sent one. */
export type ClientUse = { clientId: ClientId; secretDigest: string | null };

/** The uses that a request records. Null if nothing was used, or a use was recorded within the last minute. */
export type RecordedUses = { grantId: string | null; client: ClientUse | null };

/** Returns the session with this `uid`, or null. */
export async function findSessionByUid(uid: string): Promise<Artifact | null> {
  const row = await database().artifact.findFirst({ where: { uid, kind: "Session" } });
  return row && { ...row, payload: row.payload as Artifact["payload"], consumedAt: null };
}

/** The rows that a request needs, or null where one does not exist. */
type Loaded = { application: Application | null; grant: Grant | null; account: Account | null };

/** Loads everything that a token request needs, in one query. `artifact` is the code or the refresh token. */
export async function loadTokenRequest(
  clientId: string,
  digest: string,
): Promise<Loaded & { artifact: Artifact | null }> {
  const [row] = await database().$queryRaw<{ loaded: Loaded & { artifact: Artifact | null } }[]>`
    /* prepared */ SELECT legrand_token_request(${clientId}::uuid, ${digest}) AS loaded`;
  return row!.loaded;
}

/** Loads a token, expired or not, with everything that its use needs, in one query. */
export async function loadToken(digest: string): Promise<Loaded & { artifact: Artifact | null }> {
  const [row] = await database().$queryRaw<{ loaded: Loaded & { artifact: Artifact | null } }[]>`
    /* prepared */ SELECT legrand_token(${digest}) AS loaded`;
  return row!.loaded;
}

/** Loads everything that an authorization request from a browser with this session needs, in one query. */
export async function loadAuthorizationRequest(
  clientId: string,
  sessionDigest: string,
): Promise<Loaded & { session: Artifact | null }> {
  const [row] = await database().$queryRaw<{ loaded: Loaded & { session: Artifact | null } }[]>`
    /* prepared */ SELECT legrand_authorization_request(${clientId}::uuid, ${sessionDigest}) AS loaded`;
  return row!.loaded;
}

const NO_USES: RecordedUses = { grantId: null, client: null };

/**
 * Writes everything or nothing, in one statement. It writes only if none of the values in `spent` was spent
 * before, the grants of the saved artifacts still exist, and `condition` holds. So exactly one of two
 * concurrent redemptions wins, and no token outlives a revocation that happened in between (RFC 6749 §4.1.2).
 * A `replay` is stored together with the spending of its refresh token. Saving an interaction without an
 * account deletes the oldest such interactions beyond the bounds of its network and of all networks (decision
 * 32). Records the uses in any case. Returns false if another request was first.
 */
export async function writeArtifacts(
  writes: ArtifactWrites,
  condition: SessionCondition | null = null,
  replay: Replay | null = null,
  uses: RecordedUses = NO_USES,
  { ofNetwork, inAll } = ANONYMOUS_BOUNDS,
): Promise<boolean> {
  const { accountId, passwordProof, uid } = { accountId: null, passwordProof: null, uid: null, ...condition };
  const network = writes.saved.find(({ kind }) => kind === "Interaction")?.network ?? null;
  const [row] = await database().$queryRaw<{ ok: boolean }[]>`
    /* prepared */ SELECT legrand_commit(${JSON.stringify(writes.saved)}::jsonb, ${writes.spent}::text[], ${writes.finished}::text[],
        ${writes.deleted}::text[], ${writes.revokedTokensOf}::text[], ${accountId}::uuid, ${passwordProof}, ${uid},
        ${replay && JSON.stringify(replay)}::jsonb, ${now()}::timestamptz,
        ${uses.grantId}, ${uses.client?.clientId ?? null}::uuid, ${uses.client?.secretDigest ?? null}) AS ok,
      CASE WHEN ${network}::text IS NOT NULL THEN legrand_bound_anonymous_interactions(
        ${network}::text, ${ofNetwork.most}::int, ${ofNetwork.step}::int, ${inAll.most}::int, ${inAll.step}::int) END AS dropped`;
  return row?.ok ?? false;
}

/**
 * Deletes the oldest codes and tokens of these grants, and the oldest sessions and interactions of these
 * accounts, beyond their bounds (decision 32). Returns the number of deleted rows.
 */
export async function boundShares(grantIds: string[], accountIds: string[]): Promise<number> {
  const [row] = await database().$queryRaw<{ deleted: number }[]>`
    SELECT legrand_bound_shares(${grantIds}::text[], ${MOST_OF_GRANT}::int, ${accountIds}::uuid[], ${MOST_OF_ACCOUNT}::int) AS deleted`;
  return row!.deleted;
}

/**
 * Returns the stored response for a spent refresh token, as ciphertext, or null. It is returned only before
 * its expiry and for an equal request, while the grant exists, the application is active, and the refresh
 * token in the response is unused. Use of that token would prove that the response had arrived. The row is
 * not deleted, because a client may send any number of equal requests at once (decision 18).
 */
export async function findReplay(digest: string, scope: string, at: Date): Promise<string | null> {
  const [row] = await database().$queryRaw<{ ciphertext: string }[]>`
    SELECT r.ciphertext FROM legrand_refresh_replay r JOIN legrand_artifact t ON t.digest = r.successor
      JOIN legrand_grant g ON g.id = t.grant_id JOIN legrand_application a ON a.client_id = g.client_id
    WHERE r.digest = ${digest} AND r.scope = ${scope} AND r.expires_at > ${at}::timestamptz
      AND t.consumed_at IS NULL AND a.state = 'active'`;
  return row?.ciphertext ?? null;
}
