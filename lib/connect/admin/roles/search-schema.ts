import { z } from "zod";

const LONGEST = 254;

const schema = z.string().refine((text) => !text.includes("\0"), "No e-mail address and no Legrand id has a NUL character.")
  .refine((text) => text.length <= LONGEST, `An e-mail address has at most ${LONGEST} characters.`).nullable();

/** Who is looked for, from the address: an e-mail address or a Legrand id, null for nobody; or the sentence that says why it cannot be meant. */
export function parsePersonSearch(query: URLSearchParams): { ok: true; wanted: string | null } | { ok: false; sentence: string } {
  if (query.getAll("q").length > 1) return { ok: false, sentence: "The parameter q is there more than once." };
  const parsed = schema.safeParse(query.get("q")?.trim() || null);
  return parsed.success ? { ok: true, wanted: parsed.data } : { ok: false, sentence: parsed.error.issues[0]!.message };
}
