import { MissingDevices } from "#components/connect/homes/missing-devices.tsx";
import { HEATED, UNHEATED } from "#components/connect/homes/room-layout.ts";
import { Plate } from "#components/ui/plate.tsx";
import type { DevicePermissions } from "#lib/connect/homes/missing-scopes.ts";

type ExpectedHome = {
  heated: number;
  unheated: number;
  hasOthers: boolean;
  permissions: DevicePermissions;
};

type HomesSkeletonProps = {
  accountId: string;
  homes: ExpectedHome[];
  /** True if the person allowed Connect to read the values. Otherwise a room has no field. */
  isReadable: boolean;
  wholeHref: string;
};

/**
 * Placeholders for homes that are still loading. Their number and size are those of the last time, so that
 * nothing moves when the homes arrive.
 */
export function HomesSkeleton({ accountId, homes, isReadable, wholeHref }: HomesSkeletonProps) {
  return (
    <div className="grid grid-cols-1 gap-3">
      <p role="status" className="sr-only">
        Loading your homes.
      </p>
      <noscript>
        <p className="text-ink-muted">
          JavaScript is off, so this page cannot load the values.{" "}
          <a href={wholeHref} className="font-medium text-ink">
            Show the homes
          </a>
        </p>
      </noscript>
      {homes.map((home, index) => (
        <Plate key={index} className="noscript:hidden" aria-hidden="true" inert>
          <div className="flex min-h-12 items-center px-5 py-1.5">
            <Bar className="w-32" />
          </div>
          {index === 0 && <Rooms {...{ home, accountId, isReadable }} />}
        </Plate>
      ))}
    </div>
  );
}

type RoomsProps = Pick<HomesSkeletonProps, "accountId" | "isReadable"> & { home: ExpectedHome };

function Rooms({ home, accountId, isReadable }: RoomsProps) {
  const { heated, unheated, hasOthers, permissions } = home;
  return (
    <div className="divide-y divide-border border-t border-border">
      {Array.from({ length: heated }, (_, room) => (
        <div key={room} className={HEATED.line}>
          <div className={`${HEATED.details} ${HEATED.opener}`}>
            <span />
            <Bar className="w-24" />
          </div>
          <div className={HEATED.controls}>
            <div className="flex min-h-6 items-center">
              <Bar className="w-32" />
            </div>
            {isReadable && (
              <div className="col-span-2 h-10 sm:col-start-3 sm:row-start-1 sm:w-34 pointer-coarse:h-11" />
            )}
          </div>
        </div>
      ))}
      {Array.from({ length: unheated }, (_, room) => (
        <div key={room} className={UNHEATED.line}>
          <div className={`${UNHEATED.details} ${UNHEATED.opener}`}>
            <span />
            <Bar className="w-24" />
          </div>
        </div>
      ))}
      <MissingDevices accountId={accountId} permissions={permissions} />
      {hasOthers && (
        <div className="flex h-9 items-center px-5">
          <Bar className="w-48" />
        </div>
      )}
    </div>
  );
}

function Bar({ className }: { className: string }) {
  return <span className={`block h-4 animate-pulse rounded-tag bg-sunken ${className}`} />;
}
