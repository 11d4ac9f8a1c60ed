import { FamilyPlate } from "#components/connect/homes/family-plate.tsx";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, Readable } from "#lib/connect/homes/home.ts";
import type { FamilyPermission } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type DevicesSectionProps = {
  place: { account: string; plant: string };
  devices: Readable<Device[]>;
  permissions: Record<Family, FamilyPermission>;
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows a plate for each family of lights, plugs and shutters in a home, or why they cannot be shown. */
export function DevicesSection({ place, devices, permissions, notice, now }: DevicesSectionProps) {
  if (!devices.ok) {
    return (
      <Plate as="section" className="grid gap-2 p-5" aria-label="Lights, plugs and shutters">
        <h4 className="text-md">Lights, plugs and shutters</h4>
        <ProblemNote
          problem={devices.problem}
          now={now}
          missing="They are not shown without your permission."
        />
      </Plate>
    );
  }
  const families = FAMILIES.map((family) => ({
    family,
    own: devices.value.filter(({ kind }) => kind === family),
  })).filter(({ own }) => own.length > 0);
  if (families.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {families.map(({ family, own }) => (
        <FamilyPlate
          key={family}
          {...{ place, family, notice, now }}
          devices={own}
          missing={permissions[family]}
        />
      ))}
    </div>
  );
}
