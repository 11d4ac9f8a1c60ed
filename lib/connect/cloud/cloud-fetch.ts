import { Agent, fetch as fetchBy, interceptors, type Dispatcher } from "undici";

import { oncePerProcess } from "#lib/once-per-process.ts";

/**
 * Further requests to the same origin wait here, which costs nothing, instead of in a busy server's accept
 * queue.
 */
const CONNECTIONS_PER_ORIGIN = 32;
/**
 * Counts from the moment when the request was sent, and between two chunks of its answer. The wait for a free
 * connection does not count.
 */
const ANSWER_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Longer than Node's default of 250 ms. That time can pass while the process is busy, and an address that
 * does answer would be given up (RFC 8305 §5 has no upper bound).
 */
const NEXT_ADDRESS_AFTER_MS = 2_000;
/** No connection was made, so no server has seen the request. */
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];
/**
 * The connection broke. The server may have seen the request, or may have closed an idle connection at that
 * moment (RFC 9112 §9.6).
 */
const BROKEN = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];
const ONCE = { maxRetries: 1, minTimeout: 250, statusCodes: [] };

/**
 * Sends a request to Legrand like `fetch` with a URL, over a connection pool. The pool has at most 32
 * connections per origin; further requests wait.
 *
 * Retries a request once if no connection could be made, and a GET also if its connection broke. A POST that
 * may have arrived is never repeated. A server that spent a code and lost its answer would treat the second
 * request as theft (RFC 6749 §4.1.2, RFC 9110 §9.2.2). Stale connections are avoided instead. An idle one is
 * closed here 2 s before the end that the server announced (`Keep-Alive: timeout`), or after 4 s.
 *
 * Rejects like `fetch`, and also after 20 s without an answer.
 */
export const cloudFetch: typeof fetch = (input, init) =>
  fetchBy(input as string, {
    ...(init as object),
    // Pages and routes may each load a copy of this module. The process has one connection pool.
    dispatcher: oncePerProcess("cloud-connections", connect),
  }) as unknown as Promise<Response>;

function connect(): Dispatcher {
  const agent = new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    },
  });
  return agent.compose(
    interceptors.retry({ ...ONCE, methods: ["POST"], errorCodes: NEVER_SENT }),
    interceptors.retry({ ...ONCE, methods: ["GET"], errorCodes: [...NEVER_SENT, ...BROKEN] }),
  );
}
