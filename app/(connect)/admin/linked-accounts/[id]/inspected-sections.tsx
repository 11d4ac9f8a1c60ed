import { AccountHistoryList } from "#components/connect/admin/accounts/account-history-list.tsx";
import { InspectedFacts } from "#components/connect/admin/accounts/inspected-facts.tsx";
import { PersonPlate } from "#components/connect/admin/accounts/person-plate.tsx";
import { ScopeTimes } from "#components/connect/admin/accounts/scope-times.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { describeHistoryEntry } from "#lib/connect/admin/accounts/describe-history-entry.ts";
import { listScopeChanges, readHistory } from "#lib/connect/admin/accounts/history.store.ts";
import { timeScopes } from "#lib/connect/admin/accounts/scope-times.ts";
import type { PageCursor } from "#lib/page-cursor.ts";
import {
  LISTED_OTHERS,
  listOtherAccounts,
  type InspectedAccount,
} from "#lib/connect/admin/accounts/account.store.ts";
import { ROLE_WORDS } from "#lib/connect/admin/roles/role-constants.ts";
import { nameScope, orderKnownScopes } from "#lib/connect/cloud/scopes.ts";
import { describeState, TROUBLES } from "#lib/connect/linked-accounts/describe-state.ts";

type SectionsProps = {
  admin: AdminUser;
  account: InspectedAccount;
  sessions: number;
  before: PageCursor | null;
};

/** Shows the sections of a linked account's page: facts, user, permissions and history. */
export async function InspectedSections({ admin, account, sessions, before }: SectionsProps) {
  const [others, changes, history] = await Promise.all([
    listOtherAccounts(admin, account),
    listScopeChanges(admin, account.id),
    readHistory(admin, account.id, before),
  ]);
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[3fr_2fr]">
      <div className="grid grid-cols-1 gap-5">
        <Plate as="section" aria-labelledby="facts">
          <h2 id="facts" className="border-b border-border px-5 py-4 text-md">
            Account
          </h2>
          <InspectedFacts
            account={account}
            trouble={account.trouble && TROUBLES[account.trouble]}
            now={now()}
          />
        </Plate>
        <HistoryPlate accountId={account.id} history={history} before={before} />
      </div>
      <div className="grid grid-cols-1 gap-5">
        <PersonPlate
          person={account.user}
          role={ROLE_WORDS[account.user.role ?? "none"]}
          sessions={sessions}
          now={now()}
          cutAt={others.length > LISTED_OTHERS ? LISTED_OTHERS : null}
          others={others.slice(0, LISTED_OTHERS).map(viewOther)}
        />
        <Plate as="section" aria-labelledby="permissions">
          <h2 id="permissions" className="px-5 pt-4 pb-3 text-md">
            Permissions
          </h2>
          <ScopeTimes
            id="permissions"
            scopes={describeScopes(account, changes)}
            isOver={hasEnded(account)}
            now={now()}
          />
        </Plate>
      </div>
    </div>
  );
}

type HistoryPlateProps = {
  accountId: string;
  history: Awaited<ReturnType<typeof readHistory>>;
  before: PageCursor | null;
};

function HistoryPlate({ accountId, history, before }: HistoryPlateProps) {
  return (
    <Plate as="section" aria-labelledby="history">
      <h2 id="history" className="px-5 pt-4 pb-3 text-md">
        History
      </h2>
      <AccountHistoryList
        labelledBy="history"
        entries={history.entries.map(describeHistoryEntry)}
        now={now()}
        newest={before && `${accountHref(accountId)}#history`}
        older={
          history.older &&
          `${accountHref(accountId)}?${new URLSearchParams({ before: history.older })}#history`
        }
      />
      <p className="border-t border-border px-5 py-3.5 text-sm text-ink-muted">
        What administrators asked for is in the{" "}
        <a href={`/admin/audit?${new URLSearchParams({ target: accountId })}`}>audit log of this account</a>.
      </p>
    </Plate>
  );
}

type ScopeChanges = Awaited<ReturnType<typeof listScopeChanges>>;

/** Returns the account's scopes in the order of all lists, with their labels and times. */
function describeScopes(account: InspectedAccount, changes: ScopeChanges) {
  const times = timeScopes(account, changes);
  return orderKnownScopes(times.map(({ name }) => name)).map((name) => ({
    ...times.find((one) => one.name === name)!,
    ...nameScope(name),
  }));
}

/**
 * True if none of the granted scopes works now, because the account is disconnected or Legrand ended the
 * access.
 */
const hasEnded = ({ state, reconnectReason }: InspectedAccount) =>
  state === "disconnected" ||
  (state === "reconnect_needed" &&
    (reconnectReason === "revoked" || reconnectReason === "refresh_token_expired"));

type Other = Awaited<ReturnType<typeof listOtherAccounts>>[number];

function viewOther({ name, email, providerAccountId, ...other }: Other) {
  const { label, tone } = describeState(other, now());
  return { ...other, title: email ?? name ?? providerAccountId, label, tone };
}
