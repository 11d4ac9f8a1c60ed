import { AskScopeForm } from "#components/connect/forms.tsx";
import { DeviceRow } from "#components/connect/homes/device-row.tsx";
import { FAMILY_WORDS } from "#components/connect/homes/device-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Family } from "#lib/connect/homes/families-constants.ts";
import type { Device } from "#lib/connect/homes/home.ts";
import type { FamilyPermission } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

export type FamilyPlateProps = {
  place: { account: string; plant: string };
  family: Family;
  devices: Device[];
  missing: FamilyPermission;
  notice: ThermostatNotice | null;
  now: Date;
};

/**
 * Shows the lights, the plugs or the shutters of a home, with a button that requests their missing
 * permissions.
 */
export function FamilyPlate({ place, family, devices, missing, notice, now }: FamilyPlateProps) {
  const { title, icon } = FAMILY_WORDS[family];
  const headingId = `${family}-${place.account}-${place.plant}`;
  return (
    <Plate as="section" aria-labelledby={headingId} className="flex flex-col">
      <h4 id={headingId} className="flex items-center gap-2 border-b border-border px-5 py-3 text-md">
        <Icon name={icon} className="size-5 text-ink-muted" />
        {title}
      </h4>
      <ul aria-labelledby={headingId} className="divide-y divide-border">
        {devices.map((device) => (
          <DeviceRow
            key={device.id}
            place={{ ...place, module: device.id }}
            {...{ family, device, now }}
            isSettable={missing.write === null}
            notice={notice?.module === device.id ? notice : null}
          />
        ))}
      </ul>
      <Missing accountId={place.account} family={family} missing={missing} />
    </Plate>
  );
}

function Missing({
  accountId,
  family,
  missing: { read, write, scopes, allow },
}: {
  accountId: string;
  family: Family;
  missing: FamilyPermission;
}) {
  const labels = [read, write].filter((label) => label !== null);
  if (labels.length === 0) return null;
  return (
    <div className="mt-auto grid justify-items-start gap-3 border-t border-border px-5 py-4">
      <p className="text-sm text-ink-muted">
        Needs your permission: {labels.join("; ")}.{" "}
        {read ? FAMILY_WORDS[family].unread : FAMILY_WORDS[family].unset}
      </p>
      {scopes.length > 0 && <AskScopeForm accountId={accountId} scopes={scopes} label={allow} />}
    </div>
  );
}
