import { z } from "zod";

import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { readSandboxCookie, sandboxCookie } from "#lib/legrand/sandbox-cookie.ts";

/**
 * The cookie that names the accounts that signed in with this browser (OWASP, "Device cookies" against
 * guessing; decision 35).
 */
const COOKIE = "device";
const CONTEXT = "device";
/** Browsers keep no cookie for more than 400 days (RFC 6265bis §5.5). */
const LIFETIME_SECONDS = 365 * 24 * 60 * 60;
/** How many accounts one browser remembers. Five take about 900 characters. */
const ACCOUNTS = 5;
const ID_BYTES = 16;

const schema = z.array(z.object({ id: z.string(), accountId: z.string(), passwordProof: z.string() }));

/** An account with the digest of its stored password, as a sign-in proved it. */
type Proven = { accountId: string; passwordProof: string };

/**
 * Returns the identifier under which the account knows this browser, or null. A browser is known if it signed
 * in before with the password that the account still has. A new password makes every other browser unknown.
 */
export function findDevice(headers: Headers, { accountId, passwordProof }: Proven): string | null {
  return (
    readDevices(headers).find(
      (device) => device.accountId === accountId && device.passwordProof === passwordProof,
    )?.id ?? null
  );
}

/**
 * Returns the `Set-Cookie` value that makes this browser known to the account, under a new identifier, and
 * keeps it known to the four accounts before. The cookie is not a session: it only gives the browser a
 * separate rate limit for attempts.
 */
export function rememberDevice(headers: Headers, { accountId, passwordProof }: Proven): string {
  const others = readDevices(headers).filter((device) => device.accountId !== accountId);
  const devices = [{ id: randomToken("", ID_BYTES), accountId, passwordProof }, ...others].slice(0, ACCOUNTS);
  return sandboxCookie(COOKIE, encrypt(JSON.stringify(devices), CONTEXT), LIFETIME_SECONDS);
}

function readDevices(headers: Headers): z.infer<typeof schema> {
  const sealed = readSandboxCookie(COOKIE, headers);
  const opened = sealed ? decryptOrNull(sealed, CONTEXT) : null;
  // A cookie from another version of this code is ignored.
  return opened ? (schema.safeParse(JSON.parse(opened)).data ?? []) : [];
}
