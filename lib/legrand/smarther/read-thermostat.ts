import { now } from "#lib/clock.ts";
import { isUuid } from "#lib/is-uuid.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { answerJson, answerNotFound, answerOffline } from "#lib/legrand/smarther/answers.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findThermostat } from "#lib/legrand/smarther/store.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/**
 * Returns the thermostat that an API address names, or null if it cannot name one. The sandbox's ids are
 * UUIDs, in upper or lower case.
 */
export function parseModuleAddress({
  plantId = "",
  moduleId = "",
}: Record<string, string>): ModuleAddress | null {
  const address = { plantId: plantId.toLowerCase(), moduleId: moduleId.toLowerCase() };
  return isUuid(address.plantId) && isUuid(address.moduleId) ? address : null;
}

/**
 * Answers with what `describe` returns for the thermostat's present state. Answers 404 if the account has no
 * such thermostat, or its gateway is offline.
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
