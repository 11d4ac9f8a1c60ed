import { now } from "#lib/clock.ts";
import { isUuid } from "#lib/is-uuid.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { answerJson, answerNotFound, answerOffline } from "#lib/legrand/smarther/answers.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findThermostat } from "#lib/legrand/smarther/store.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/**
 * The thermostat that an address of the API names, or null where it names nothing: one of ours has UUIDs, in
 * any case of letters.
 */
export function parseModuleAddress({
  plantId = "",
  moduleId = "",
}: Record<string, string>): ModuleAddress | null {
  const address = { plantId: plantId.toLowerCase(), moduleId: moduleId.toLowerCase() };
  return isUuid(address.plantId) && isUuid(address.moduleId) ? address : null;
}

/**
 * Answers with what `describe` says of the thermostat now; 404 where the account has no such one, or its
 * gateway is offline.
 */
export async function answerThermostat(
  access: Access,
  parameters: Record<string, string>,
  describe: (address: ModuleAddress, stored: Thermostat, at: Date, activationTime: ActivationTime) => unknown,
): Promise<Response> {
  const address = parseModuleAddress(parameters);
  const stored = address && (await findThermostat(access, address));
  if (!stored) return answerNotFound();
  return stored.gatewayOnline
    ? answerJson(describe(address, stored, now(), access.activationTime))
    : answerOffline();
}
