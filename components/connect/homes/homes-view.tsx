import type { ShownHome } from "#components/connect/homes/home-content.tsx";
import { hasProduct, HomePlate } from "#components/connect/homes/home-plate.tsx";
import { MissingScopeNote } from "#components/connect/homes/missing-scope-note.tsx";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { missingWriteId } from "#components/connect/homes/set-point-form.tsx";
import { ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { LineDrawing } from "#components/ui/drawing.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Readable } from "#lib/connect/homes/home.ts";
import type { MissingScope } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

export type HomesViewProps = {
  accountId: string;
  homes: Readable<ShownHome[]>;
  /** The missing permissions that the homes need. */
  missing: MissingScope[];
  /** Whether thermostats may be set. */
  isSettable: boolean;
  /** The label of the scope that setting them needs. */
  writeLabel: string;
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows the homes of one linked account, or why they are missing. */
export function HomesView({
  accountId,
  homes,
  missing,
  isSettable,
  writeLabel,
  notice,
  now,
}: HomesViewProps) {
  const hasPlace = homes.ok && homes.value.some((home) => hasProduct(home, notice));
  return (
    <div className="grid grid-cols-1 gap-3">
      {!hasPlace && <ThermostatOutcome notice={notice} now={now} />}
      <MissingScopeNote accountId={accountId} missing={missing} />
      {/* The fields of all rooms refer to it. The note above says it to everyone who sees the page. */}
      {!isSettable && (
        <p id={missingWriteId(accountId)} hidden>
          Needs your permission: {writeLabel}
        </p>
      )}
      {!homes.ok && (
        <Plate className="p-5">
          <ProblemNote
            problem={homes.problem}
            now={now}
            missing="Your homes are not shown without this permission."
          />
        </Plate>
      )}
      {homes.ok && homes.value.length === 0 && <NoHome />}
      {homes.ok &&
        homes.value.map((home, index) => (
          <HomePlate key={home.id} isFirst={index === 0} {...{ accountId, home, isSettable, notice, now }} />
        ))}
    </div>
  );
}

function NoHome() {
  return (
    <Plate className="flex flex-wrap items-center gap-x-6 gap-y-3 p-5">
      <LineDrawing name="no-home" party="connect" />
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="text-md">No home yet</h3>
        <p className="max-w-text text-ink-muted">
          This Legrand account has no home. Set one up in Legrand’s app, then load this page again. It will
          then appear here.
        </p>
      </div>
    </Plate>
  );
}
