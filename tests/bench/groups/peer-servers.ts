import { fork } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";

import { Browser } from "#tests/bench/browser.ts";
import { atEnd } from "#tests/bench/clean-up.ts";
import type { Person } from "#tests/bench/load.ts";
import { PLAIN_SCOPE, REPLY_URL, type Target } from "#tests/bench/oauth-client.ts";
import { CONNECTIONS } from "#tests/bench/settings.ts";
import type { TestPostgres } from "#tests/harness/postgres.ts";

/** An OAuth server of another project. `does` says what its row is worth. */
export type PeerKind = { name: string; file: string; does: string; demandsPkce?: boolean };

/** The peers, by the file in tests/bench/peers that starts them. */
export const PEERS: PeerKind[] = [
  {
    name: "@node-oauth/oauth2-server",
    file: "node-oauth.js",
    does: "A library without storage. Clients, sessions, codes and tokens are in PostgreSQL by a model of this bench, one statement each and no transaction. Opaque tokens in clear text. No consent, no id_token, no reuse detection for refresh tokens, no introspection.",
  },
  {
    name: "@jmondi/oauth2-server",
    file: "jmondi.js",
    does: "A library without storage, on the same tables. Codes and tokens are JWTs with a shared secret, and their rows are written too. No consent, no id_token, no reuse detection for refresh tokens unless the application writes it.",
  },
  {
    name: "better-auth, OAuth provider",
    file: "better-auth.js",
    does: "A whole server with its own tables, sessions and reuse detection. The client skips consent and uses PKCE, which it demands for a refresh token. Refresh tokens are stored as digests.",
    demandsPkce: true,
  },
];

/** A peer that runs, with people who are signed in there. */
export type Peer = { kind: PeerKind; target: Target; people: Person[]; pid: number };

type Found = { issuer: string; sessions: string[] } & Partial<
  Pick<Target, "clientId" | "clientSecret" | "scope">
>;

/** Starts a peer in its own process, on a database of its own. It is stopped when the bench cleans up. */
export async function startPeer(kind: PeerKind, postgres: TestPostgres): Promise<Peer> {
  const child = fork(resolve("tests/bench/peers", kind.file), {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  atEnd(() => {
    if (child.connected) child.disconnect();
  });
  const client = { clientId: randomUUID(), clientSecret: randomUUID(), scope: PLAIN_SCOPE };
  const databaseUrl = await postgres.createDatabase(`peer_${kind.file.replace(/\W/g, "_")}`);
  child.send({ ...client, databaseUrl, replyUrl: REPLY_URL, people: CONNECTIONS });
  const [{ sessions, ...found }] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error(`${kind.name} did not start.`))),
  ])) as [Found];
  return {
    kind,
    pid: child.pid!,
    people: sessions.map((session) => ({ browser: new Browser(), session })),
    target: {
      ...client,
      ...found,
      name: kind.name,
      ...(kind.demandsPkce && { codeVerifier: "bench".repeat(10) }),
    },
  };
}
