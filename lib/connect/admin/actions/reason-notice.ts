import { cookies } from "next/headers";
import { z } from "zod";

import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";
import { cutText } from "#lib/graphemes.ts";

/**
 * Encryption context of the notice that carries a rejected reason back to the form, with the error. The
 * notice is in a cookie, so that none of it appears in the URL.
 */
const CONTEXT = "connect.reason";
const cookie = () => cookieName("connect", "reason");
const LIFETIME_SECONDS = 20;
/** Much longer than a reason may be, and short enough to fit into a cookie (RFC 6265 §6.1) when encrypted. */
const TYPED_MAX_LENGTH = 600;

const noticeSchema = z.object({ typed: z.string(), message: z.string() });

/** The typed text, cut to fit, and the error message about it. */
export type ReasonNotice = z.infer<typeof noticeSchema>;

/**
 * Returns the `Set-Cookie` value that carries the notice to the page at `path`, just long enough for a
 * redirect.
 */
export function sealReasonNotice(path: string, { typed, message }: ReasonNotice): string {
  const sealed = encrypt(
    JSON.stringify({ typed: cutText(typed, TYPED_MAX_LENGTH), message }),
    `${CONTEXT}:${path}`,
  );
  return `${cookie()}=${sealed}; Path=${path}; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** Returns the notice for the page at `path`, or null if the notice is missing or forged. */
export async function findReasonNotice(path: string): Promise<ReasonNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const opened = sealed ? decryptOrNull(sealed, `${CONTEXT}:${path}`) : null;
  return opened === null ? null : noticeSchema.parse(JSON.parse(opened));
}
