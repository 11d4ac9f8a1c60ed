import { now } from "#lib/clock.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { answerJson, answerNotFound, answerOffline } from "#lib/legrand/smarther/answers.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { parseDeviceAddress } from "#lib/legrand/smarther/shared-home.ts";
import { findThermostat } from "#lib/legrand/smarther/store.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/**
 * Answers with what `describe` returns for the thermostat's present state. Answers 404 if the account has no
 * such thermostat, or its gateway is offline.
 */
export async function answerThermostat(
  access: Access,
  parameters: Record<string, string>,
  describe: (address: ModuleAddress, stored: Thermostat, at: Date, activationTime: ActivationTime) => unknown,
): Promise<Response> {
  const address = parseDeviceAddress(access, parameters);
  const stored = address && (await findThermostat(access, address));
  if (!stored) return answerNotFound();
  return stored.gatewayOnline
    ? answerJson(describe(address, stored, now(), access.activationTime))
    : answerOffline();
}
