import { HomeSection } from "#components/connect/homes/home-section.tsx";
import { MissingScopeNote } from "#components/connect/homes/missing-scope-note.tsx";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Family } from "#lib/connect/homes/families-constants.ts";
import type { Home, Readable } from "#lib/connect/homes/home.ts";
import type { FamilyPermission, MissingScope } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

export type HomesViewProps = {
  accountId: string;
  homes: Readable<Home[]>;
  /** The missing permissions that the homes need. */
  missing: MissingScope[];
  /** Whether thermostats may be set. */
  isSettable: boolean;
  labels: { read: string; write: string };
  /** The missing permissions for lights, plugs and shutters, by the id of the home. */
  permissions: Record<string, Record<Family, FamilyPermission>>;
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows the homes of one linked account, or why they are missing. */
export function HomesView({
  accountId,
  homes,
  missing,
  isSettable,
  labels,
  permissions,
  notice,
  now,
}: HomesViewProps) {
  const hasPlace =
    homes.ok &&
    homes.value.some(({ products, devices }) =>
      [products, devices].some((list) => list?.ok && list.value.some(({ id }) => id === notice?.module)),
    );
  return (
    <div className="grid grid-cols-1 gap-6">
      {!hasPlace && <ThermostatOutcome notice={notice} now={now} />}
      <MissingScopeNote accountId={accountId} missing={missing} />
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
        homes.value.map((home) => (
          <HomeSection
            key={home.id}
            accountId={accountId}
            home={home}
            permissions={permissions[home.id]!}
            notice={notice}
            now={now}
            missing={{ read: labels.read, write: isSettable ? null : labels.write }}
          />
        ))}
    </div>
  );
}

function NoHome() {
  return (
    <Plate className="p-5">
      <h3 className="text-md">No home yet</h3>
      <p className="max-w-text text-ink-muted">
        This Legrand account has no home. Set one up in Legrand’s app, then load this page again. It will then
        appear here.
      </p>
    </Plate>
  );
}
