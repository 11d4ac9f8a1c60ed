import { z } from "zod";

/** A change of the granted scopes, from the history. */
type Change = { at: Date; detail: unknown };

/** The columns of a linked account that determine its scopes. */
type Scoped = {
  requestedScopes: string[];
  grantedScopes: string[];
  withdrawnScopes: string[];
  authorizedAt: Date;
};

/**
 * One scope, its state, and since when; `since` is null if the history does not say. `withdrawn`: the user
 * took it back, and has not accepted its loss in Connect.
 */
export type ScopeTime = { name: string; state: "granted" | "withdrawn" | "not_granted"; since: Date | null };

/** The part of a history entry that lists changed scopes. */
export const scopeDetailSchema = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/**
 * Returns each scope that was requested or granted, with the time of its latest change. `changes` is ordered
 * newest first. Pure.
 */
export function timeScopes(account: Scoped, changes: readonly Change[]): ScopeTime[] {
  const { requestedScopes, grantedScopes, withdrawnScopes, authorizedAt } = account;
  const latest = (name: string, direction: "added" | "removed") =>
    changes.find(({ detail }) => scopeDetailSchema.safeParse(detail).data?.[direction].includes(name))?.at ??
    null;
  return [...new Set([...requestedScopes, ...grantedScopes, ...withdrawnScopes])].map((name) => {
    if (grantedScopes.includes(name)) return { name, state: "granted", since: latest(name, "added") };
    if (withdrawnScopes.includes(name)) return { name, state: "withdrawn", since: latest(name, "removed") };
    // Not granted now. Without an entry in the history, it was refused in the latest authorization.
    return { name, state: "not_granted", since: latest(name, "removed") ?? authorizedAt };
  });
}
