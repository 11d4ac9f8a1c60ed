import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import { issueDraftTicket } from "#lib/legrand/editing/draft-ticket.ts";
import { findDraft, hasAllDrafts, type Draft } from "#lib/legrand/editing/draft.store.ts";

/** What the URL of a step refers to. */
export type OpenedDraft =
  | { state: "draft"; draft: Draft }
  /** Nothing was typed yet. The ticket contains the id of the draft that the first form creates. */
  | { state: "new"; ticket: string }
  /** The account has reached its limit of drafts. */
  | { state: "full" }
  | { state: "registered"; clientId: string }
  | { state: "none" };

/** Opens the draft with this id, or starts a new one if the URL contains none. */
export async function openDraft(account: LegrandAccount, id: string | null): Promise<OpenedDraft> {
  if (id === null)
    return (await hasAllDrafts(account))
      ? { state: "full" }
      : { state: "new", ticket: issueDraftTicket(account) };
  const draft = await findDraft(account, id);
  if (draft) return { state: "draft", draft };
  return (await findOwned(account, id)) ? { state: "registered", clientId: id } : { state: "none" };
}
