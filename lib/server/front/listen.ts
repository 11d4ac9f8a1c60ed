import type { Server } from "node:http";
import { isIPv6 } from "node:net";

/** A server and the address that it listens on. Without an address it listens on every interface. */
export type Listener = { server: Server; host: string | undefined };

/** Error codes of a machine that has no IPv6, or that does not have this IPv6 address. */
const NO_IPV6 = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/**
 * Makes one server for each of these addresses, or one for all interfaces if the list is empty. They do not
 * listen yet.
 */
export function makeListeners(hosts: string[], makeServer: () => Server): Listener[] {
  return (hosts.length ? hosts : [undefined]).map((host) => ({ host, server: makeServer() }));
}

/**
 * Listens on this port at every address. Skips an IPv6 address that the machine does not have, if another
 * address works. Rejects with the error of the address that failed, such as `EADDRINUSE`; then none of the
 * servers listens.
 */
export async function listen(listeners: Listener[], port: number): Promise<void> {
  const outcomes = await Promise.allSettled(listeners.map(({ server, host }) => bind(server, port, host)));
  const errors = outcomes.map((outcome) =>
    outcome.status === "rejected" ? (outcome.reason as NodeJS.ErrnoException) : null,
  );
  const isBound = errors.includes(null);
  const failed = errors.find(
    (error, index) => error && !(isBound && isLackOfIpv6(error, listeners[index]!.host)),
  );
  if (!failed) return;
  for (const { server } of listeners) server.close();
  throw failed;
}

function bind(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => server.once("error", reject).listen({ port, host }, resolve));
}

const isLackOfIpv6 = ({ code = "" }: NodeJS.ErrnoException, host = "") =>
  isIPv6(host) && NO_IPV6.includes(code);
