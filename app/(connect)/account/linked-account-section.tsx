import { AccountFacts } from "#components/connect/account-facts.tsx";
import { AccountIndicator, AccountStateStrip } from "#components/connect/account-state.tsx";
import { ConnectedAccountView } from "#components/connect/connected-account-view.tsx";
import { HomesSkeleton } from "#components/connect/homes/homes-skeleton.tsx";
import { HomesView } from "#components/connect/homes/homes-view.tsx";
import { MissingScopeNote } from "#components/connect/homes/missing-scope-note.tsx";
import { AskForMoreForm } from "#components/connect/permissions/ask-for-more-form.tsx";
import { GrantedList } from "#components/connect/permissions/granted-list.tsx";
import { Streamed } from "#components/connect/streamed.tsx";
import { now } from "#lib/clock.ts";
import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { groupRooms } from "#lib/connect/homes/group-rooms.ts";
import {
  expectDevicePermissions,
  expectMissingScopes,
  findDevicePermissions,
  findMissingScopes,
  isGranted,
} from "#lib/connect/homes/missing-scopes.ts";
import { findShape, hadRooms } from "#lib/connect/homes/shapes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { viewHomes, type ViewedHomes } from "#lib/connect/homes/view-homes.ts";
import { describeGranted, listAskable } from "#lib/connect/linked-accounts/describe-permissions.ts";
import { describeState } from "#lib/connect/linked-accounts/describe-state.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { describeKnownSince } from "#lib/connect/scope-checks/describe-known-since.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

type SectionProps = {
  user: SignedInUser;
  account: LinkedAccount;
  notice: ThermostatNotice | null;
  isAwaited: boolean;
  fold: "none" | "open" | "closed";
};

/**
 * Shows one linked account. Stored data is shown at once. Data from Legrand, and what it changes, is streamed
 * in once it has been read.
 */
export function LinkedAccountSection({ user, account, notice, isAwaited, fold }: SectionProps) {
  const { id, name, email, providerAccountId, connectedAt } = account;
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
  return (
    <ConnectedAccountView
      {...{ id, connectedAt, fold }}
      now={now()}
      email={name && email}
      title={name ?? email ?? providerAccountId}
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
        <Granted account={seen} isFresh={isFresh ?? false} />
      ))}
      // Not streamed, because redrawing would clear a box that is already ticked.
      askForMore={
        <AskForMoreForm accountId={id} scopes={listAskable(account)} isMain={account.state === "connected"} />
      }
    />
  );
}

function Granted({ account, isFresh }: { account: LinkedAccount; isFresh: boolean }) {
  const { isOver, ...granted } = describeGranted(account);
  const note = isOver
    ? "These permissions ended with the connection."
    : isFresh
      ? describeKnownSince(account, now())
      : null;
  return <GrantedList id={`permissions-${account.id}`} {...granted} {...{ isOver, note }} />;
}

/** Shows an account as it is stored, or as Legrand's answers changed it (`isFresh`). */
type Show = (account: LinkedAccount, isFresh?: boolean) => React.ReactNode;

async function Fresh({ viewed, show }: { viewed: Promise<ViewedHomes>; show: Show }) {
  return show((await viewed).account, true);
}

/** Placeholder until the homes are read. Takes as much room as they will. */
function Awaited({ account }: { account: LinkedAccount }) {
  const isUsable = account.state === "connected" || account.reconnectReason === "scope_withdrawn";
  return (
    <div className="grid grid-cols-1 gap-3">
      <MissingScopeNote
        accountId={account.id}
        missing={expectMissingScopes(account, isUsable && hadRooms(account.id))}
      />
      <HomesSkeleton
        accountId={account.id}
        homes={findShape(account.id).map(({ families, ...shape }) => ({
          ...shape,
          permissions: expectDevicePermissions(account, families),
        }))}
        isReadable={isGranted(account, "comfort.read")}
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
      homes={
        homes.ok
          ? {
              ok: true,
              value: homes.value.map((home) => ({
                ...groupRooms(home),
                permissions: findDevicePermissions(account, home),
              })),
            }
          : homes
      }
      notice={notice}
      now={now()}
      missing={findMissingScopes(account, homes)}
      isSettable={isGranted(account, "comfort.write")}
      writeLabel={nameScope("comfort.write").label}
    />
  );
}
