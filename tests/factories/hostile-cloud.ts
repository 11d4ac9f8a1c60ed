import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { CLOUD_CLIENT } from "#tests/factories/start-cloud.ts";
import { freePort } from "#tests/harness/server.ts";

/**
 * What the token endpoint does with one request: whether it rotates the refresh token, and what it answers.
 */
export type Behaviour = {
  /** Runs when the request has arrived, before anything else. The answer waits for it. */
  before?: () => Promise<void> | void;
  /** Runs when the tokens are rotated and no answer is sent yet. */
  rotated?: () => Promise<void> | void;
  /** Sends this answer without checking the refresh token. */
  answer?: { status?: number; headers?: Record<string, string>; body: string };
  /** Changes the honest answer. `undefined` leaves a member out. */
  change?: (tokens: Record<string, unknown>) => Record<string, unknown>;
  /** Cuts the connection, or keeps it open in silence, instead of answering. */
  lose?: "cut" | "hang";
};

/** A token endpoint that can break every rule. */
export type HostileCloud = {
  origin: string;
  environment: Record<string, string>;
  /** The behaviour for the next requests, in order. Afterwards the endpoint is honest. */
  next: Behaviour[];
  /** Every token request. */
  received: URLSearchParams[];
  /** Tokens that were revoked (RFC 7009). */
  revoked: string[];
  /** How often a used refresh token gets the same new tokens again, before its reuse ends the grant. */
  overlaps: number;
  /** Starts a grant. Returns its refresh token. */
  grant: (scope?: string) => string;
  /** Returns whether a refresh token works. */
  isAlive: (refreshToken: string) => boolean;
  stop: () => Promise<void>;
};

type Grant = {
  scope: string;
  current: string;
  previous: string | null;
  repeats: number;
  answer: Record<string, unknown> | null;
  isAlive: boolean;
};

async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** Starts the endpoint on a free port. It is honest and has an overlap until a test changes that. */
export async function startHostileCloud(): Promise<HostileCloud> {
  const origin = `http://localhost:${await freePort()}`;
  const grants: Grant[] = [];
  const refuse = (error: string) => ({ status: 400, body: { error } });

  const rotate = (token: string): { status: number; body: Record<string, unknown> } => {
    const grant = grants.find(
      ({ isAlive, current, previous }) => isAlive && [current, previous].includes(token),
    );
    if (!grant) return refuse("invalid_grant");
    if (token === grant.previous) {
      if (grant.repeats++ < cloud.overlaps) return { status: 200, body: grant.answer! };
      grant.isAlive = false;
      return refuse("invalid_grant");
    }
    Object.assign(grant, { previous: token, current: `refresh-${randomUUID()}`, repeats: 0 });
    grant.answer = {
      access_token: `access-${randomUUID()}`,
      refresh_token: grant.current,
      token_type: "Bearer",
      expires_in: 3600,
      scope: grant.scope,
    };
    return { status: 200, body: grant.answer };
  };

  const answer = async (
    form: URLSearchParams,
    behaviour: Behaviour,
    response: ServerResponse,
  ): Promise<void> => {
    await behaviour.before?.();
    if (behaviour.answer) {
      const { status = 200, headers = { "content-type": "application/json" }, body } = behaviour.answer;
      return void response.writeHead(status, headers).end(body);
    }
    const { status, body } = rotate(form.get("refresh_token") ?? "");
    await behaviour.rotated?.();
    if (behaviour.lose === "cut") response.destroy();
    if (behaviour.lose) return;
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify(status === 200 ? { ...body, ...behaviour.change?.(body) } : body));
  };

  const server = createServer(
    (request, response) =>
      void (async () => {
        const path = new URL(request.url!, origin).pathname;
        const form = await readBody(request);
        if (path === "/token") {
          cloud.received.push(form);
          return answer(form, cloud.next.shift() ?? {}, response);
        }
        if (path === "/revoke") {
          cloud.revoked.push(form.get("token")!);
          return response.end();
        }
        if (path !== "/.well-known/openid-configuration") return response.writeHead(404).end();
        return response.writeHead(200, { "content-type": "application/json" }).end(
          JSON.stringify({
            issuer: origin,
            authorization_endpoint: `${origin}/authorize`,
            token_endpoint: `${origin}/token`,
            revocation_endpoint: `${origin}/revoke`,
          }),
        );
      })(),
  );
  const cloud: HostileCloud = {
    origin,
    next: [],
    received: [],
    revoked: [],
    overlaps: 1,
    environment: {
      LEGRAND_AUTHORIZE_URL: `${origin}/authorize`,
      LEGRAND_TOKEN_URL: `${origin}/token`,
      LEGRAND_API_URL: `${origin}/api`,
      LEGRAND_CLIENT_ID: CLOUD_CLIENT.id,
      LEGRAND_CLIENT_SECRET: CLOUD_CLIENT.secret,
    },
    grant: (scope = "topology.read comfort.read") => {
      const current = `refresh-${randomUUID()}`;
      grants.push({ scope, current, previous: null, repeats: 0, answer: null, isAlive: true });
      return current;
    },
    isAlive: (token) => grants.some(({ isAlive, current }) => isAlive && current === token),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(Number(new URL(origin).port), resolve));
  return cloud;
}
