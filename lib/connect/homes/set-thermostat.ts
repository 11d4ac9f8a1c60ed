import type { Outcome } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/is-granted.ts";
import { openApi } from "#lib/connect/homes/prepare-calls.ts";
import type { ThermostatForm } from "#lib/connect/homes/set-point-schema.ts";
import { thermostatPath } from "#lib/connect/homes/thermostat.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

/**
 * Sets a thermostat of the account to a temperature in °C until further notice. With null, lets it follow its
 * program. Legrand decides which thermostats belong to the account and answers `not_found` for any other.
 */
export async function setThermostat(
  account: LinkedAccount,
  { plant, module, ...form }: ThermostatForm,
  temperature: number | null,
): Promise<Outcome<unknown>> {
  if (!isGranted(account, "comfort.write"))
    return { ok: false, problem: { reason: "missing_scope", scope: "comfort.write" } };
  const api = await openApi(account);
  if (!api.ok) return api;
  const body =
    temperature === null
      ? {
          function: form.function,
          mode: "automatic",
          ...(form.program === undefined ? {} : { programs: [{ number: form.program }] }),
        }
      : { function: form.function, mode: "manual", setPoint: { value: temperature, unit: "C" } };
  return api.value.call({ path: thermostatPath(plant, module), scope: "comfort.write", body });
}
