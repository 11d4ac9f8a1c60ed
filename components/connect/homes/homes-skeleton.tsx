import { MissingDevices } from "#components/connect/homes/home-plate.tsx";
import { CONTROLS, HEATED, LINE, OPENER, UNHEATED } from "#components/connect/homes/room-layout.ts";
import { Plate } from "#components/ui/plate.tsx";
import type { DevicePermissions } from "#lib/connect/homes/missing-scopes.ts";

type ExpectedHome = {
  heated: number;
  unheated: number;
  hasOthers: boolean;
  permissions: DevicePermissions;
};

type HomesSkeletonProps = { accountId: string; homes: ExpectedHome[]; wholeHref: string };

/**
 * Placeholders for homes that are still loading. Their number and size are those of the last time, so that
 * nothing moves when the homes arrive.
 */
export function HomesSkeleton({ accountId, homes, wholeHref }: HomesSkeletonProps) {
  return (
    <div className="grid grid-cols-1 gap-4">
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
          {index === 0 && <Rooms home={home} accountId={accountId} />}
        </Plate>
      ))}
    </div>
  );
}

function Rooms({ home, accountId }: { home: ExpectedHome; accountId: string }) {
  const { heated, unheated, hasOthers, permissions } = home;
  return (
    <div className="divide-y divide-border border-t border-border">
      {Array.from({ length: heated + unheated }, (_, room) => (
        <RoomSkeleton key={room} isHeated={room < heated} />
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

function RoomSkeleton({ isHeated }: { isHeated: boolean }) {
  const height = isHeated ? HEATED : UNHEATED;
  return (
    <div className={LINE}>
      <div className={`${OPENER} ${height} lg:col-start-1 lg:col-end-3 lg:row-start-1`}>
        <span />
        <Bar className="w-24" />
      </div>
      <div className={`${CONTROLS} ${height}`}>
        <div className="flex min-h-6 items-center">{isHeated && <Bar className="w-32" />}</div>
        {isHeated && (
          <div className="col-span-2 h-10 sm:col-start-3 sm:row-start-1 sm:w-34 pointer-coarse:h-11" />
        )}
      </div>
    </div>
  );
}

function Bar({ className }: { className: string }) {
  return <span className={`block h-4 animate-pulse rounded-tag bg-sunken ${className}`} />;
}
