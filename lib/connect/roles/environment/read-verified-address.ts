import { z } from "zod";

const schema = z.object({ email: z.string().min(1).max(254), email_verified: z.literal(true) });

/**
 * The address of these claims of an id_token, where the issuer says that it is the person's: `email_verified`
 * has to be true, and not a word or a number that looks like it (OpenID Connect Core §5.1). Null otherwise.
 */
export function readVerifiedAddress(claims: unknown): string | null {
  return schema.safeParse(claims).data?.email ?? null;
}
