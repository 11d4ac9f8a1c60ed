import { randomUUID } from "node:crypto";

import { z } from "zod";

import type { ExportFormat } from "#lib/connect/admin/exports/export.ts";
import { isUuid } from "#lib/is-uuid.ts";

const one = (name: string) => z.array(z.string()).max(1, `The parameter ${name} was sent more than once.`);

const schema = z.object({
  format: one("format")
    .transform(([value]) => value)
    .pipe(z.enum(["csv", "ndjson"], "The format must be csv or ndjson.")),
  run: one("run")
    .transform(([value]) => value || randomUUID())
    .refine(isUuid, "The ID of the export is not a UUID."),
});

/**
 * Parses the format, and the id under which the page asks for the progress. The id is the page's own, or a
 * new one. If either is invalid, returns a sentence that says why.
 */
export function parseExportQuery(
  query: URLSearchParams,
): { ok: true; format: ExportFormat; run: string } | { ok: false; sentence: string } {
  const parsed = schema.safeParse({ format: query.getAll("format"), run: query.getAll("run") });
  return parsed.success
    ? { ok: true, ...parsed.data }
    : { ok: false, sentence: parsed.error.issues[0]!.message };
}
