import type Provider from "oidc-provider";
import { errors } from "oidc-provider";

import { clientNetwork } from "#lib/http/client-address.ts";
import { toNode } from "#lib/legrand/authorization-server/bridge.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import {
  newRequestScope,
  requestScope,
  runInRequestScope,
} from "#lib/legrand/authorization-server/request-scope.ts";
import { writeArtifacts } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/** The library's interaction, loaded for the browser that began it. */
export type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

/** What the work on an interaction can use. */
export type InteractionContext = {
  interaction: Interaction;
  provider: Provider;
  /** The verified value of the browser's sandbox session cookie, or null without one. */
  sessionId: string | null;
};

/**
 * Runs `work` with the interaction `uid`. The browser that sent these headers must have begun it (by its
 * signed cookie), and its account must still be the one that it began with. Returns null otherwise, and if
 * the interaction expired or was answered. What `work` saves through the library is written when it returns.
 */
export function inInteraction<T>(
  uid: string,
  headers: Headers,
  work: (context: InteractionContext) => Promise<T>,
): Promise<T | null> {
  return runInRequestScope(newRequestScope(clientNetwork(headers)), async () => {
    const { provider } = await getAuthorizationServer();
    const node = toNode(`/legrand/interaction/${uid}`, { method: "GET", headers: cookiesOnly(headers) });
    const interaction = await find(provider, node);
    if (interaction?.uid !== uid) return null;
    const cookies = provider.createContext(node.req, node.res).cookies;
    const result = await work({
      interaction,
      provider,
      sessionId: cookies.get(sandboxCookieName("session"), { signed: true }) ?? null,
    });
    await writeArtifacts(requestScope().writes);
    return result;
  });
}

/** True if this browser began the interaction `uid`, active or ended, by the signed cookie of its page. */
export async function beganInteraction(uid: string, headers: Headers): Promise<boolean> {
  const { provider } = await getAuthorizationServer();
  const { req, res } = toNode(`/legrand/interaction/${uid}`, {
    method: "GET",
    headers: cookiesOnly(headers),
  });
  return (
    provider.createContext(req, res).cookies.get(sandboxCookieName("interaction"), { signed: true }) === uid
  );
}

async function find(
  provider: Provider,
  { req, res }: ReturnType<typeof toNode>,
): Promise<Interaction | null> {
  try {
    return await provider.interactionDetails(req, res);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

function cookiesOnly(headers: Headers): Headers {
  const cookie = headers.get("cookie");
  return new Headers(cookie ? { cookie } : {});
}
