import { isUuid } from "#lib/is-uuid.ts";

/** The place of a bulk revocation in the list: those after it are older. */
export type BulkCursor = { at: Date; id: string };

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The cursor as it stands in an address. */
export const writeBulkCursor = ({ at, id }: BulkCursor): string => `${at.toISOString()}_${id}`;

/** The cursor of an address; null where there is none, undefined for one that we did not write. */
export function parseBulkCursor(sent: string | null): BulkCursor | null | undefined {
  if (!sent) return null;
  const [moment = "", id, ...rest] = sent.split("_");
  const at = new Date(moment);
  // PostgreSQL knows no year 0.
  return MOMENT.test(moment) && moment > "0001" && !Number.isNaN(at.getTime()) && isUuid(id) && rest.length === 0 ? { at, id } : undefined;
}
