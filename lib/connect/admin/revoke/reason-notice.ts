import { cookies } from "next/headers";
import { z } from "zod";

import { cookieName } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";
import { cutText } from "#lib/graphemes.ts";

/**
 * Carries a reason that cannot be taken back to the question, with what is wrong with it; nothing of it
 * stands in the address.
 */
const CONTEXT = "connect.reason";
const cookie = () => cookieName("connect", "reason");
const LIFETIME_SECONDS = 20;
/** Far more than a reason may have, and no more than a cookie can hold (RFC 6265 §6.1), sealed. */
const TYPED_MAX_LENGTH = 600;

const noticeSchema = z.object({ typed: z.string(), message: z.string() });

/** What was typed, as far as there is room for it, and the sentence beside it. */
export type ReasonNotice = z.infer<typeof noticeSchema>;

/**
 * The `Set-Cookie` value that brings the notice to the page of that path, for as long as a redirect takes.
 */
export function sealReasonNotice(path: string, { typed, message }: ReasonNotice): string {
  const sealed = encrypt(
    JSON.stringify({ typed: cutText(typed, TYPED_MAX_LENGTH), message }),
    `${CONTEXT}:${path}`,
  );
  return `${cookie()}=${sealed}; Path=${path}; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** The notice for the page of that path, or null for none or for a forged one. */
export async function findReasonNotice(path: string): Promise<ReasonNotice | null> {
  const sealed = (await cookies()).get(cookie())?.value;
  const opened = sealed ? decryptOrNull(sealed, `${CONTEXT}:${path}`) : null;
  return opened === null ? null : noticeSchema.parse(JSON.parse(opened));
}
