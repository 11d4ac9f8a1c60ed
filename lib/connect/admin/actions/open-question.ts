import { notFound, redirect } from "next/navigation";

import { isAdministrator, type Administrator } from "#lib/connect/users/admin-user.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { findInspectedAccount, type InspectedAccount } from "#lib/connect/admin/accounts/account.store.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** Data for a confirmation page about a linked account. */
export type Question = { admin: Administrator; account: InspectedAccount; href: string; name: string };

/**
 * Opens a confirmation page for an administrator. Other users, including auditors, get 404. If the account is
 * gone, or is disconnected although it has to be connected, redirects to the account's own page, which says
 * so.
 */
export async function openQuestion(
  params: Promise<{ id: string }>,
  { hasToBeConnected }: { hasToBeConnected: boolean },
): Promise<Question> {
  const admin = await requireAdmin();
  const { id } = await params;
  if (!isAdministrator(admin) || !isUuid(id)) notFound();
  const account = await findInspectedAccount(admin, id);
  const href = accountHref(id);
  if (!account || (hasToBeConnected && account.state === "disconnected")) redirect(href);
  return { admin, account, href, name: account.email ?? account.name ?? account.providerAccountId };
}
