import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { parseAttemptFilter } from "#lib/legrand/request-log/attempt-filter.ts";
import { listAttempts, listReasons } from "#lib/legrand/request-log/list.store.ts";
import type { ShownAttempts } from "#lib/legrand/request-log/listed-attempt.ts";
import { lookUpReference, type LookUp } from "#lib/legrand/request-log/look-up-reference.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";

/** Returns what the page of attempts shows for this query. */
export async function showAttempts(
  account: LegrandAccount,
  application: OwnedApplication,
  query: URLSearchParams,
): Promise<ShownAttempts> {
  const filter = parseAttemptFilter(query);
  const kept = new URLSearchParams(
    Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  const common = { filter, groups: [], next: null, typed: null };
  const typed = query.get("reference")?.slice(0, 40) ?? null;
  if (typed !== null) {
    const found = await lookUpReference(account, application, typed);
    return { ...common, ...describeLookUp(found), typed, query: "?reference" };
  }
  const before = parsePageCursor(query.get("before")) ?? null;
  const { attempts, next } = await listAttempts(application, filter, before);
  return {
    ...common,
    attempts,
    groups: kept.size || before ? [] : await listReasons(application),
    query: kept.size || before ? `?${new URLSearchParams([...kept, ...beforeOf(query)])}` : "",
    next: next && `?${new URLSearchParams([...kept, ["before", next]])}`,
  };
}

const beforeOf = (query: URLSearchParams): [string, string][] =>
  query.has("before") ? [["before", query.get("before")!]] : [];

function describeLookUp(found: LookUp): Pick<ShownAttempts, "attempts" | "error"> {
  if (found.ok) return { attempts: found.attempts };
  switch (found.reason) {
    case "not_a_reference":
      return { attempts: [], error: "A reference looks like LG-7F3K-2Q" };
    case "not_found":
      return { attempts: [], error: "No attempt of this application has this reference" };
    case "too_many":
      return { attempts: [], error: `Too many look-ups: try again in ${found.retryAfterSeconds} seconds` };
  }
}
