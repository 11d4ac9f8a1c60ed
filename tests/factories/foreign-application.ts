import { createServer, type IncomingMessage } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { NextAuthConfig } from "next-auth";

import { freePort } from "#tests/harness/server.ts";

/**
 * Another application with next-auth on this host. Its sign-in page is `/auth/signin`, its session
 * `/auth/session`.
 */
export type ForeignApplication = { origin: string; stop: () => Promise<void> };

/** A name of this length makes a session that needs two cookies, `authjs.session-token.0` and `.1`. */
const NAME_LENGTH = 3_500;

/**
 * Loads a file of the package that next-auth is built on. It is next-auth's dependency, not one of this
 * project.
 */
const load = <T>(file: string): Promise<T> =>
  import(pathToFileURL(resolve("node_modules/@auth/core", file)).href) as Promise<T>;

async function toRequest(request: IncomingMessage, origin: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const hasBody = request.method === "POST";
  return new Request(origin + request.url!, {
    method: request.method!,
    headers: request.headers as Record<string, string>,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  });
}

/**
 * Starts the application with next-auth's defaults: its cookie names, and sessions without a database. Any
 * name signs in, and leads to the session.
 */
export async function startForeignApplication(): Promise<ForeignApplication> {
  const origin = `http://localhost:${await freePort()}`;
  const { Auth } = await load<{ Auth: (request: Request, config: NextAuthConfig) => Promise<Response> }>(
    "index.js",
  );
  const { default: credentials } =
    await load<typeof import("next-auth/providers/credentials")>("providers/credentials.js");
  const config: NextAuthConfig = {
    basePath: "/auth",
    secret: "a secret of the foreign application",
    trustHost: true,
    callbacks: { redirect: () => `${origin}/auth/session` },
    providers: [
      credentials({
        credentials: { name: { label: "name" } },
        authorize: ({ name }) => ({ id: "1", name: `${String(name)} ${"x".repeat(NAME_LENGTH)}` }),
      }),
    ],
  };
  const server = createServer(
    (request, response) =>
      void (async () => {
        if (!request.url!.startsWith("/auth/")) return response.writeHead(404).end();
        const answer = await Auth(await toRequest(request, origin), config);
        response.writeHead(answer.status, {
          ...Object.fromEntries(answer.headers),
          "set-cookie": answer.headers.getSetCookie(),
        });
        return response.end(Buffer.from(await answer.arrayBuffer()));
      })().catch((error: unknown) => response.writeHead(500).end(String(error))),
  );
  await new Promise<void>((started) => server.listen(Number(new URL(origin).port), "localhost", started));
  return {
    origin,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}
