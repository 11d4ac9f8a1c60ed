const LOOPBACK = /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\])$/i;

/** True if the host is a name or an address of this machine, as a development server prints it. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
