import { z } from "zod";

const schema = z.object({ email: z.string().min(1).max(254), email_verified: z.literal(true) });

/**
 * Returns the e-mail address in these id_token claims if the issuer verified it. `email_verified` has to be
 * true, not a string or a number that looks like it (OpenID Connect Core §5.1). Otherwise returns null.
 */
export function readVerifiedAddress(claims: unknown): string | null {
  return schema.safeParse(claims).data?.email ?? null;
}
