import type { Adapter, AdapterPayload } from "oidc-provider";

import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { ArtifactKind } from "#lib/db/generated/enums.ts";
import { env } from "#lib/env.ts";
import {
  findArtifact,
  findSessionByUid,
  type Artifact,
} from "#lib/legrand/authorization-server/artifacts.store.ts";
import { toClientMetadata } from "#lib/legrand/authorization-server/client-rules.ts";
import { clientOf, journeyOf } from "#lib/legrand/authorization-server/journey.ts";
import { findRefreshPolicy, loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { readToken } from "#lib/legrand/authorization-server/read-ahead.ts";
import { readOnce, requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { absoluteEndOf } from "#lib/legrand/grants/refresh-lifetime.ts";
import { findGrantById, type Grant } from "#lib/legrand/grants/store.ts";
import { SCOPES, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Presents applications to the library as clients. They are registered in the portal, never through the
 * library.
 */
class ApplicationAdapter implements Partial<Adapter> {
  async find(clientId: string): Promise<AdapterPayload | undefined> {
    const application = await loadApplication(clientId);
    return application ? toClientMetadata(application, requestScope().isPublicClient) : undefined;
  }
}

/** Reads grants from their own table. Consent is recorded by `recordConsent`, not through the library. */
class GrantAdapter implements Partial<Adapter> {
  async find(id: string): Promise<AdapterPayload | undefined> {
    const grant = await readOnce(requestScope().loaded.grants, id, () => findGrantById(id));
    const application = grant && (await loadApplication(grant.clientId));
    return application ? toGrantPayload(grant, application.scopes) : undefined;
  }
  async destroy(id: string): Promise<void> {
    requestScope().revokedGrants.push(id);
  }
}

/**
 * Returns a grant in the library's form, limited to the scopes that the application is registered for now. If
 * the developer removes a scope, new tokens no longer have it. The grant has no expiry: it is valid until it
 * is revoked.
 */
function toGrantPayload(grant: Grant, registered: readonly string[]): AdapterPayload {
  const grantable = new Set([...registered, ...UNREGISTERED_SCOPES]);
  // Removed scopes count as answered; otherwise a request in progress would ask for them forever. A refused
  // `openid` does not count as answered. The user took it back, the next request that needs it asks again,
  // and an answer to that request grants it.
  const rejected = new Set([
    ...grant.rejectedScopes.filter((scope) => scope !== "openid"),
    ...SCOPES.map(({ name }) => name).filter((name) => !grantable.has(name)),
  ]);
  return {
    jti: grant.id,
    kind: "Grant",
    accountId: grant.accountId,
    clientId: grant.clientId,
    openid: { scope: grant.grantedScopes.filter((scope) => grantable.has(scope)).join(" ") },
    ...(rejected.size ? { rejected: { openid: { scope: [...rejected].join(" ") } } } : {}),
  };
}

/**
 * Stores codes, tokens, sessions and interactions. They are looked up by the digest of the value that the
 * client sends. The value itself is never stored; `find` puts it back into the payload (`jti`) for the
 * library. Writes are collected and made together at the end of the request.
 */
class ArtifactAdapter implements Partial<Adapter> {
  private readonly kind: ArtifactKind;
  constructor(kind: ArtifactKind) {
    this.kind = kind;
  }

  async find(value: string): Promise<AdapterPayload | undefined> {
    const key = digest(value);
    const artifact = await readOnce(requestScope().loaded.artifacts, `${this.kind}:${key}` as const, () =>
      this.isToken() ? readToken(this.kind, key) : findArtifact(this.kind, key),
    );
    if (!artifact || (this.kind === "Interaction" && artifact.consumedAt)) return undefined;
    return {
      ...artifact.payload,
      ...this.computed(value, artifact.payload),
      jti: value,
      ...(this.isSpent(artifact) ? { consumed: Math.floor(artifact.consumedAt!) } : {}),
    };
  }

  private isToken(): boolean {
    return this.kind === "AccessToken" || this.kind === "RefreshToken";
  }

  /**
   * True if the value was used and is no longer valid. A used refresh token stays valid if the application
   * chose the "former tokens" policy.
   */
  private isSpent({ consumedAt, payload }: Artifact): boolean {
    return consumedAt !== null && !this.outlivesUse(payload.clientId);
  }

  private outlivesUse(clientId: unknown): boolean {
    if (this.kind !== "RefreshToken" || typeof clientId !== "string") return false;
    return findRefreshPolicy(clientId) === "former";
  }

  /**
   * Computes the fields that are not stored: the URL that resumes an interaction, and the expiry of a refresh
   * token under the current setting.
   */
  private computed(value: string, payload: Artifact["payload"]): Partial<AdapterPayload> {
    if (this.kind === "Interaction") return { returnTo: resumeUrl(value) };
    if (this.kind === "RefreshToken")
      return { exp: Math.min(Number(payload.exp ?? Infinity), absoluteEndOf(payload)) };
    return {};
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const session = await readOnce(requestScope().loaded.sessionsByUid, uid, () => findSessionByUid(uid));
    return session?.payload;
  }

  async upsert(value: string, { jti: _value, ...payload }: AdapterPayload, expiresIn: number): Promise<void> {
    const { writes } = requestScope();
    const key = digest(value);
    // The library may save a session twice in a request. The last save counts.
    writes.saved = writes.saved.filter((earlier) => earlier.digest !== key);
    writes.saved.push({
      kind: this.kind,
      digest: key,
      payload: {
        ...withoutCookies(payload),
        ...this.journey(payload),
        ...(this.kind === "RefreshToken" && requestScope().isPublicClient ? { isPublic: true } : {}),
      },
      grantId: this.kind === "Interaction" ? null : (payload.grantId ?? null),
      uid: this.kind === "Session" ? (payload.uid ?? null) : null,
      network: this.kind === "Interaction" ? requestScope().network : null,
      expiresAt: secondsFromNow(expiresIn),
    });
  }

  /** Everything of an application carries the journey that it belongs to (decision 62). */
  private journey(payload: AdapterPayload): { journey?: string } {
    const clientId = this.kind === "Session" ? null : clientOf({ payload });
    return clientId ? { journey: journeyOf(clientId) } : {};
  }

  async consume(value: string): Promise<void> {
    const { loaded, writes } = requestScope();
    const key = digest(value);
    const clientId = loaded.artifacts.get(`${this.kind}:${key}`)?.payload.clientId;
    // A refresh token that outlives its use may be used by two requests at once, so neither write may depend
    // on which is first.
    (this.outlivesUse(clientId) ? writes.finished : writes.spent).push(key);
  }

  async destroy(value: string): Promise<void> {
    const { finished, deleted } = requestScope().writes;
    (this.kind === "Interaction" ? finished : deleted).push(digest(value));
  }

  /**
   * Called once for each kind of token. The grant itself may stay, for example when an access token was
   * revoked (RFC 7009 §2.1).
   */
  async revokeByGrantId(grantId: string): Promise<void> {
    const { revokedTokensOf } = requestScope().writes;
    if (!revokedTokensOf.includes(grantId)) revokedTokensOf.push(grantId);
  }
}

/**
 * Removes the cookie value and the resume URL from an interaction's payload. The interaction remembers the
 * session it began in, but not the value of that session's cookie. The resume URL contains the interaction's
 * own value, so `find` computes it instead.
 */
function withoutCookies({ returnTo: _returnTo, ...payload }: AdapterPayload): Record<string, unknown> {
  const session = payload.session as Record<string, unknown> | undefined;
  if (!session) return payload;
  const { cookie: _cookie, ...rest } = session;
  return { ...payload, session: rest };
}

const resumeUrl = (uid: string) => `${env().sandbox!.issuer}/authorize/${uid}`;

/** Returns the adapter for a model. `oidc-provider` calls it once for each of its models. */
export function createAdapter(model: string): Adapter {
  if (model === "Client") return new ApplicationAdapter() as Adapter;
  if (model === "Grant") return new GrantAdapter() as Adapter;
  return new ArtifactAdapter(model as ArtifactKind) as unknown as Adapter;
}
