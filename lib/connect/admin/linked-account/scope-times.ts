import { z } from "zod";

/** A change of what is granted, as the history has it. */
type Change = { at: Date; detail: unknown };

/** As much of a linked account as its scopes are told from. */
type Scoped = {
  requestedScopes: string[];
  grantedScopes: string[];
  withdrawnScopes: string[];
  authorizedAt: Date;
};

/**
 * One scope: whether it is granted, and since when it is so; null where the history does not say.
 * `withdrawn`: taken back and still missed.
 */
export type ScopeTime = { name: string; state: "granted" | "withdrawn" | "not_granted"; since: Date | null };

/** What an entry of the history says about scopes. */
export const scopeDetailSchema = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/**
 * Each scope that was requested or granted, with the time of its latest change. `changes`: newest first.
 * Pure.
 */
export function timeScopes(account: Scoped, changes: readonly Change[]): ScopeTime[] {
  const { requestedScopes, grantedScopes, withdrawnScopes, authorizedAt } = account;
  const latest = (name: string, direction: "added" | "removed") =>
    changes.find(({ detail }) => scopeDetailSchema.safeParse(detail).data?.[direction].includes(name))?.at ??
    null;
  return [...new Set([...requestedScopes, ...grantedScopes, ...withdrawnScopes])].map((name) => {
    if (grantedScopes.includes(name)) return { name, state: "granted", since: latest(name, "added") };
    if (withdrawnScopes.includes(name)) return { name, state: "withdrawn", since: latest(name, "removed") };
    // Never granted: it was refused when it was asked for last.
    return { name, state: "not_granted", since: latest(name, "removed") ?? authorizedAt };
  });
}
