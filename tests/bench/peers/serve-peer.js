// Serves an OAuth server of another project in a child process of the bench, and ends with it.
import { createServer } from "node:http";

/**
 * What the bench sends: the database, the client that it uses, the scopes, and how many people it needs.
 *
 * @typedef {{ databaseUrl: string, clientId: string, clientSecret: string, replyUrl: string, scope: string, people: number }} Setup
 *
 * What a peer returns: its handler, a `Cookie` header for each person who is signed in, and what differs from
 * the setup. `issuer` is the path above `/authorize` and `/token`.
 *
 * @typedef {{ answer: import("node:http").RequestListener, sessions: string[], issuer?: string, clientId?: string, clientSecret?: string, scope?: string }} Peer
 */

/**
 * Waits for the setup, starts the peer on a free port, and sends its address and people to the bench.
 *
 * @param {(setup: Setup, origin: string) => Promise<Peer>} start
 */
export function servePeer(start) {
  process.once("disconnect", () => process.exit());
  process.once("message", (setup) => {
    /** @type {Peer} */
    let peer;
    const server = createServer((request, response) => peer.answer(request, response));
    server.listen(0, "127.0.0.1", () => {
      const origin = `http://127.0.0.1:${server.address().port}`;
      start(setup, origin).then((started) => {
        peer = started;
        const { answer: _answer, issuer = "", ...found } = started;
        process.send({ ...found, issuer: origin + issuer });
      }, fail);
    });
  });
}

/**
 * Reads a form, as the libraries that bring no server expect it.
 *
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<Record<string, string>>}
 */
export async function readBody(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return Object.fromEntries(new URLSearchParams(text));
}

function fail(error) {
  console.error(error);
  process.exit(1);
}
