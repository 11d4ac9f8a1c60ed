import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import { issueDraftTicket } from "#lib/legrand/drafts/draft-ticket.ts";
import { findDraft, hasAllDrafts, type Draft } from "#lib/legrand/drafts/store.ts";

/** What stands behind the address of a step. */
export type OpenedDraft =
  | { state: "draft"; draft: Draft }
  /** Nothing was typed yet; the ticket names the draft that the first form makes. */
  | { state: "new"; ticket: string }
  /** The account has the maximum number of drafts. */
  | { state: "full" }
  | { state: "registered"; clientId: string }
  | { state: "none" };

/** Opens the draft of that name, or begins one where the address names none. */
export async function openDraft(account: LegrandAccount, id: string | null): Promise<OpenedDraft> {
  if (id === null)
    return (await hasAllDrafts(account))
      ? { state: "full" }
      : { state: "new", ticket: issueDraftTicket(account) };
  const draft = await findDraft(account, id);
  if (draft) return { state: "draft", draft };
  return (await findOwned(account, id)) ? { state: "registered", clientId: id } : { state: "none" };
}
