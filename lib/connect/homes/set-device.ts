import { devicePath } from "#lib/connect/homes/device.ts";
import type { DeviceForm } from "#lib/connect/homes/device-form-schema.ts";
import { ACTS } from "#lib/connect/homes/families-constants.ts";
import type { Outcome } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/is-granted.ts";
import { openApi } from "#lib/connect/homes/prepare-calls.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

/**
 * Switches a light or a plug of the account, or moves a shutter. Legrand decides which products belong to the
 * account and answers `not_found` for any other.
 */
export async function setDevice(
  account: LinkedAccount,
  { plant, module, family, do: act }: DeviceForm,
): Promise<Outcome<unknown>> {
  const scope = `${family}.write`;
  if (!isGranted(account, scope)) return { ok: false, problem: { reason: "missing_scope", scope } };
  const api = await openApi(account);
  return api.ok
    ? api.value.call({
        api: "homeControl",
        path: devicePath(family, plant, module),
        scope,
        body: ACTS[act].body,
      })
    : api;
}
