import type { RequestAttempt, AttemptStep } from "#lib/legrand/request-log/attempt.ts";
import type { AttemptFilter } from "#lib/legrand/request-log/attempt-filter.ts";

/** A stored attempt, as the developer of its application sees it. */
export type ListedAttempt = Omit<RequestAttempt, "clientId" | "accountId"> & {
  id: string;
  pseudonym: string | null;
};

/** Refused or failed requests of one step with one reason. */
export type ReasonGroup = { step: AttemptStep; reason: string; requests: number; lastAt: Date };

/** What the page of attempts shows. */
export type ShownAttempts = {
  attempts: ListedAttempt[];
  /** Empty if one journey, one reason or a reference is shown. */
  groups: ReasonGroup[];
  filter: AttemptFilter;
  /** The query of this page, with its question mark, or an empty text. */
  query: string;
  /** The query of the next page, or null. */
  next: string | null;
  /** The reference that the developer typed, or null. */
  typed: string | null;
  /** Why the reference was not found. */
  error?: string;
};
