import { readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { env } from "#lib/env.ts";

const PATIENCE_MS = 20_000;
const LIMIT_BYTES = 64 * 1024;
/** What a proxy answers if it does not know yet that this process is ready. */
const NOT_YET = [502, 503, 504];

/**
 * Asks for the sandbox's discovery at the origin once, as Connect will do. Returns a line that says what
 * fails and how to fix it, or null if it works. Never rejects.
 */
export async function findOriginProblem(): Promise<string | null> {
  const { origin, sandbox } = env();
  if (!sandbox) return null;
  const problem = await tryDiscovery(sandbox.issuer);
  return (
    problem &&
    `This process cannot reach its own ORIGIN, ${origin}: ${problem}. Connect redeems codes and renews tokens there, so connecting ` +
      "an account will fail. Set ORIGIN to an address that also leads here from this machine, or make its host name, port and certificate work from this machine."
  );
}

async function tryDiscovery(issuer: string): Promise<string | null> {
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (NOT_YET.includes(response.status)) return null;
    const metadata = response.ok
      ? ((await readCloudJson(response, LIMIT_BYTES)) as { issuer?: unknown } | null)
      : null;
    return metadata?.issuer === issuer ? null : `something else answers there (HTTP ${response.status})`;
  } catch (error) {
    return describe(error as Error);
  }
}

/** Returns the reason why `fetch` failed. Its error has no details; the `cause` has them. */
function describe({ name, cause }: Error): string {
  if (name === "TimeoutError") return `no answer within ${PATIENCE_MS / 1000} s`;
  const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return code ?? message ?? name;
}
