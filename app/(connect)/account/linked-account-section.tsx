import { AccountFacts } from "#components/connect/account-facts.tsx";
import { AccountIndicator, AccountStateStrip } from "#components/connect/account-state.tsx";
import { ConnectedAccountView } from "#components/connect/connected-account-view.tsx";
import { AskForMoreForm } from "#components/connect/ask-for-more-form.tsx";
import { HomesSkeleton } from "#components/connect/homes/homes-skeleton.tsx";
import { HomesView } from "#components/connect/homes/homes-view.tsx";
import { MissingScopeNote } from "#components/connect/homes/missing-scope-note.tsx";
import { ScopeList } from "#components/connect/scope-list.tsx";
import { Streamed } from "#components/connect/streamed.tsx";
import { now } from "#lib/clock.ts";
import { MORE_SCOPES, nameScope, orderKnownScopes } from "#lib/connect/cloud/scopes.ts";
import {
  isGranted,
  expectMissingScopes,
  findMissingScopes,
  findMissingOfFamilies,
} from "#lib/connect/homes/missing-scopes.ts";
import { findShape, hadRooms } from "#lib/connect/homes/shapes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { viewHomes, type ViewedHomes } from "#lib/connect/homes/view-homes.ts";
import { describeState } from "#lib/connect/linked-accounts/describe-state.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { describeKnownSince } from "#lib/connect/scope-checks/describe-known-since.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

type SectionProps = {
  user: SignedInUser;
  account: LinkedAccount;
  notice: ThermostatNotice | null;
  isAwaited: boolean;
  isCompact: boolean;
};

/**
 * Shows one linked account. Stored data is shown at once. Data from Legrand, and what it changes, is streamed
 * in once it has been read.
 */
export function LinkedAccountSection({ user, account, notice, isAwaited, isCompact }: SectionProps) {
  const { id, name, email, providerAccountId } = account;
  // Started once, for all the parts that wait for it.
  const viewed = viewHomes(user, account);
  const streamed = (show: Show) => (
    <Streamed isAwaited={isAwaited} fallback={show(account)}>
      <Fresh viewed={viewed} show={show} />
    </Streamed>
  );
  const strip = (seen: LinkedAccount) => (
    <AccountStateStrip
      accountId={id}
      withdrawnScopes={seen.withdrawnScopes}
      state={describeState(seen, now())}
    />
  );
  // The request named no scopes. If the token response named none either, only the user knows what they
  // granted.
  const isUnsaid = account.requestedScopes.length === 0;
  const more = orderKnownScopes([...new Set([...notGranted(account), ...MORE_SCOPES])]).filter(
    (scope) => !account.grantedScopes.includes(scope),
  );
  return (
    <ConnectedAccountView
      id={id}
      email={name && email}
      title={name ?? email ?? providerAccountId}
      isCompact={isCompact}
      facts={streamed((seen) => (
        <AccountFacts account={seen} now={now()} />
      ))}
      indicator={streamed((seen) => (
        <AccountIndicator state={describeState(seen, now())} />
      ))}
      // Only the user can end "reconnect needed", so the strip does not have to be updated. It is not
      // streamed, because that would redraw a button that the user may be about to press.
      strip={account.state === "reconnect_needed" ? strip(account) : streamed(strip)}
      homes={
        <Streamed isAwaited={isAwaited} fallback={<Awaited account={account} />}>
          <Homes viewed={viewed} notice={notice} />
        </Streamed>
      }
      granted={streamed((seen, isFresh) => (
        <GrantedScopes account={seen} isUnsaid={isUnsaid} isFresh={isFresh ?? false} />
      ))}
      notGranted={
        <>
          {streamed((seen) => (
            <ScopesNotGranted account={seen} isUnsaid={isUnsaid} />
          ))}
          {/* Not streamed, because redrawing would clear a box that is already ticked. */}
          <div className="border-t border-border p-5 empty:hidden">
            <AskForMoreForm action="/connect" accountId={id} scopes={more.map(nameScope)} />
          </div>
        </>
      }
    />
  );
}

type GrantedScopesProps = { account: LinkedAccount; isUnsaid: boolean; isFresh: boolean };

function GrantedScopes({ account, isUnsaid, isFresh }: GrantedScopesProps) {
  return (
    <ScopeList
      id={`granted-scopes-${account.id}`}
      title="Granted scopes"
      scopes={orderKnownScopes(account.grantedScopes).map(nameScope)}
      empty={isUnsaid ? "Legrand did not list them. What you allowed there applies." : "Nothing is granted."}
      note={
        hasEnded(account)
          ? "These permissions ended with the connection."
          : isFresh
            ? describeKnownSince(account, now())
            : null
      }
    />
  );
}

function ScopesNotGranted({ account, isUnsaid }: Pick<GrantedScopesProps, "account" | "isUnsaid">) {
  return (
    <ScopeList
      id={`not-granted-scopes-${account.id}`}
      title="Requested, not granted"
      scopes={orderKnownScopes(notGranted(account)).map(nameScope)}
      empty={
        isUnsaid
          ? "Connect asked for what it is registered for at Legrand."
          : "You granted everything that Connect asked for."
      }
    />
  );
}

const notGranted = ({ requestedScopes, grantedScopes }: LinkedAccount) =>
  requestedScopes.filter((scope) => !grantedScopes.includes(scope));

/** True if Legrand itself ended the access, so that none of the granted scopes works any more. */
const hasEnded = ({ state, reconnectReason }: LinkedAccount) =>
  state === "reconnect_needed" &&
  (reconnectReason === "revoked" || reconnectReason === "refresh_token_expired");

/** Shows an account as it is stored, or as Legrand's answers changed it (`isFresh`). */
type Show = (account: LinkedAccount, isFresh?: boolean) => React.ReactNode;

async function Fresh({ viewed, show }: { viewed: Promise<ViewedHomes>; show: Show }) {
  return show((await viewed).account, true);
}

/** Placeholder until the homes are read. Takes as much room as they will. */
function Awaited({ account }: { account: LinkedAccount }) {
  const isUsable = account.state === "connected" || account.reconnectReason === "scope_withdrawn";
  return (
    <div className="grid grid-cols-1 gap-6">
      <MissingScopeNote
        accountId={account.id}
        missing={expectMissingScopes(account, isUsable && hadRooms(account.id))}
      />
      <HomesSkeleton
        shape={findShape(account.id)}
        isSettable={isGranted(account, "comfort.write")}
        wholeHref="/account?homes=shown"
      />
    </div>
  );
}

async function Homes({ viewed, notice }: { viewed: Promise<ViewedHomes>; notice: ThermostatNotice | null }) {
  const { account, homes } = await viewed;
  return (
    <HomesView
      accountId={account.id}
      homes={homes}
      notice={notice}
      now={now()}
      missing={findMissingScopes(account, homes)}
      isSettable={isGranted(account, "comfort.write")}
      permissions={Object.fromEntries(
        homes.ok ? homes.value.map((home) => [home.id, findMissingOfFamilies(account, home)]) : [],
      )}
      labels={{ read: nameScope("comfort.read").label, write: nameScope("comfort.write").label }}
    />
  );
}
