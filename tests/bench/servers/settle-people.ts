import { settle } from "#tests/bench/journey.ts";
import { OPENID_SCOPE } from "#tests/bench/oauth-client.ts";
import type { MeasuredServer, Settled } from "#tests/bench/servers/measured-server.ts";
import {
  registerByWizard,
  SANDBOX_EMAILS,
  SANDBOX_PASSWORD,
  signInToPortal,
} from "#tests/bench/servers/portal.ts";

/**
 * Returns that many people of that server. Makes those that are missing over HTTP: registers an application
 * for each four of them, and lets each sandbox account allow it every scope. With a grant of its own a
 * connection waits for no other.
 */
export async function settlePeople(server: MeasuredServer, count: number): Promise<Settled[]> {
  const developer = await signInToPortal(server.origin, SANDBOX_EMAILS[0]!);
  while (server.settled.length < count) {
    const target = await registerByWizard(developer, server.origin);
    for (const email of SANDBOX_EMAILS)
      server.settled.push({
        email,
        target,
        person: await settle({ ...target, scope: OPENID_SCOPE }, email, SANDBOX_PASSWORD),
      });
  }
  developer.connection.close();
  return server.settled.slice(0, count);
}
