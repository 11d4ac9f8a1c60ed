import type { DeviceForm, ThermostatForm } from "#lib/connect/homes/product-form-schema.ts";
import { ACTS } from "#lib/connect/homes/families-constants.ts";
import type { Readable } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/missing-scopes.ts";
import { prepareCalls } from "#lib/connect/homes/prepare-calls.ts";
import { devicePath, thermostatPath } from "#lib/connect/homes/product-paths.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

/**
 * Sets a thermostat of the account to a temperature in °C until further notice. With null, lets it follow its
 * program. Legrand decides which thermostats belong to the account and answers `not_found` for any other.
 */
export async function setThermostat(
  account: LinkedAccount,
  { plant, module, ...form }: ThermostatForm,
  temperature: number | null,
): Promise<Readable<unknown>> {
  if (!isGranted(account, "comfort.write"))
    return { ok: false, problem: { reason: "missing_scope", scope: "comfort.write" } };
  const api = await prepareCalls(account);
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

/**
 * Switches a light or a plug of the account, or moves a shutter. Legrand decides which products belong to the
 * account and answers `not_found` for any other.
 */
export async function setDevice(
  account: LinkedAccount,
  { plant, module, family, do: act }: DeviceForm,
): Promise<Readable<unknown>> {
  const scope = `${family}.write`;
  if (!isGranted(account, scope)) return { ok: false, problem: { reason: "missing_scope", scope } };
  const api = await prepareCalls(account);
  return api.ok
    ? api.value.call({
        api: "homeControl",
        path: devicePath(family, plant, module),
        scope,
        body: ACTS[act].body,
      })
    : api;
}
