type HomesSkeletonProps = {
  shape: { rooms: number; others: number; families: number[] }[];
  /** True if thermostats may be set. Otherwise each plate says why not, and is a line higher. */
  isSettable: boolean;
  wholeHref: string;
};

/**
 * Placeholders for homes that are still loading. Their number and size are those of the last time, so that
 * nothing moves when the homes arrive.
 */
export function HomesSkeleton({ shape, isSettable, wholeHref }: HomesSkeletonProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
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
      {shape.map(({ rooms, others, families }, home) => (
        <div key={home} aria-hidden="true" className="grid grid-cols-1 gap-3 noscript:hidden">
          <div className="flex h-7 items-center">
            <Bar className="w-32" />
          </div>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {Array.from({ length: rooms }, (_, room) => (
              <RoomSkeleton key={room} isSettable={isSettable} />
            ))}
          </div>
          {families.length > 0 && (
            <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
              {families.map((rows, family) => (
                <FamilySkeleton key={family} rows={rows} />
              ))}
            </div>
          )}
          {others > 0 && (
            <div className="flex h-6 items-center">
              <Bar className="w-48" />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function RoomSkeleton({ isSettable }: Pick<HomesSkeletonProps, "isSettable">) {
  return (
    <div
      className={`flex flex-col gap-4 rounded-plate border border-border bg-surface p-5 ${isSettable ? "h-69" : "h-75"}`}
    >
      <Bar className="w-24" />
      <Bar className="h-10 w-36" />
      <Bar className="w-44" />
      <Bar className="mt-auto h-10 w-full" />
    </div>
  );
}

function FamilySkeleton({ rows }: { rows: number }) {
  return (
    <div className="rounded-plate border border-border bg-surface">
      <div className="flex h-12 items-center border-b border-border px-5">
        <Bar className="w-24" />
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-29 flex-col justify-center gap-3 px-5">
          <Bar className="w-36" />
          <Bar className="w-24" />
        </div>
      ))}
    </div>
  );
}

function Bar({ className }: { className: string }) {
  return <span className={`block h-4 animate-pulse rounded-tag bg-sunken ${className}`} />;
}
