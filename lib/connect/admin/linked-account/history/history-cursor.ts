import { isUuid } from "#lib/is-uuid.ts";

/** The place of an entry in a history: the entries after it in the list are older. */
export type HistoryCursor = { at: Date; id: string };

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The cursor as it stands in an address. */
export function writeHistoryCursor({ at, id }: HistoryCursor): string {
  return `${at.toISOString()}_${id}`;
}

/** The cursor of an address, or undefined for one that we did not write. */
export function parseHistoryCursor(sent: string): HistoryCursor | undefined {
  const [moment = "", id, ...rest] = sent.split("_");
  const at = new Date(moment);
  // PostgreSQL knows no year 0.
  return MOMENT.test(moment) && moment > "0001" && !Number.isNaN(at.getTime()) && isUuid(id) && rest.length === 0 ? { at, id } : undefined;
}
