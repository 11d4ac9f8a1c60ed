import { ACT_WORDS, actsOf, describeDeviceState, inWatts } from "#components/connect/homes/device-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { Button } from "#components/ui/button.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, HomesProblem } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type DeviceRowProps = {
  place: { account: string; plant: string; module: string };
  family: Family;
  device: Device;
  /** True if the person allowed Connect to set products of this family. */
  isSettable: boolean;
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows a light, a plug or a shutter: its room, its state, and the buttons that change it. */
export function DeviceRow({
  place,
  family,
  device: { name, room, state },
  isSettable,
  notice,
  now,
}: DeviceRowProps) {
  const said = state?.ok ? state.value : null;
  const status = said && describeDeviceState(said);
  const where = [room, said && said.isOn !== null && said.watts !== null && inWatts(said.watts)]
    .filter(Boolean)
    .join(" · ");
  return (
    <li className="grid gap-2.5 px-5 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="min-w-0 font-medium wrap-anywhere">{name}</p>
        {status && <Status tone={status.tone}>{status.words}</Status>}
        {where && <p className="basis-full text-sm text-ink-muted">{where}</p>}
      </div>
      {state && !state.ok && <Silence problem={state.problem} now={now} />}
      <ThermostatOutcome notice={notice} now={now} />
      {isSettable && said?.isReachable !== false && (
        <form method="post" action="/account/set-device" className="flex flex-wrap gap-2">
          {Object.entries({ ...place, family }).map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
          {actsOf(family, said).map((act) => (
            <Button
              key={act}
              variant="secondary"
              className="px-3"
              name="do"
              value={act}
              aria-label={`${ACT_WORDS[act]} ${name}`}
            >
              {ACT_WORDS[act]}
            </Button>
          ))}
        </form>
      )}
    </li>
  );
}

/**
 * Says why a product has no state. A missing permission is not repeated here, because it is shown once below
 * the products.
 */
function Silence({ problem, now }: { problem: HomesProblem; now: Date }) {
  return (
    problem.reason !== "missing_scope" && (
      <p className="text-sm text-ink-muted">{describeHomesProblem(problem, now).title}</p>
    )
  );
}
