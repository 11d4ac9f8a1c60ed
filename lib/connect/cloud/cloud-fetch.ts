import { Agent, fetch as fetchBy, interceptors, type Dispatcher } from "undici";

/**
 * More requests to one origin than that wait here, where they cost nothing, and not in the accept queue of a
 * busy server.
 */
const CONNECTIONS_PER_ORIGIN = 32;
/**
 * From the moment that a request was sent, and between two pieces of its answer. The wait for a free
 * connection does not count.
 */
const ANSWER_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Node's 250 ms pass while a busy process does not look: it would give up an address that answers (RFC 8305
 * §5 has no upper bound).
 */
const NEXT_ADDRESS_AFTER_MS = 2_000;
/** No connection came about, so no server has seen the request. */
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];
/**
 * The connection broke: the server may have seen the request, or may have closed an idle connection at that
 * moment (RFC 9112 §9.6).
 */
const BROKEN = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];
const ONCE = { maxRetries: 1, minTimeout: 250, statusCodes: [] };

// Pages and routes may each hold a copy of this module; the process has one set of connections.
const KEY = Symbol.for("legrand-connect.cloud-connections");
const shared = globalThis as { [KEY]?: Dispatcher };

/**
 * Sends a request to Legrand like `fetch` of an address, over kept connections: 32 at most for each origin,
 * beyond which requests wait.
 *
 * A request that found no connection is sent once more, and so is a GET whose connection broke. A POST that
 * may have arrived is never repeated: a server that spent a code and lost its answer would take the second
 * request for theft (RFC 6749 §4.1.2, RFC 9110 §9.2.2). Stale connections are avoided instead: an idle one is
 * closed here 2 s before the end that the server announced (`Keep-Alive: timeout`), or after 4 s.
 *
 * Rejects like `fetch`; also when 20 s pass without an answer.
 */
export const cloudFetch: typeof fetch = (input, init) =>
  fetchBy(input as string, {
    ...(init as object),
    dispatcher: (shared[KEY] ??= connect()),
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
