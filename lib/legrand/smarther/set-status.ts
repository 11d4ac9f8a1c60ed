import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { now } from "#lib/clock.ts";
import { answerNotFound, answerOffline, answerRefusal } from "#lib/legrand/smarther/answers.ts";
import { applySettings, findActivationEnd } from "#lib/legrand/smarther/apply-settings.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import { readJsonBody } from "#lib/legrand/smarther/read-json-body.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { settingsSchema } from "#lib/legrand/smarther/settings-schema.ts";
import { parseDeviceAddress } from "#lib/legrand/smarther/shared-home.ts";
import { changeThermostat, findThermostat } from "#lib/legrand/smarther/store.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/** The result of a request to set a thermostat: its new state, or the response that refuses the request. */
export type StatusOutcome =
  { ok: true; address: ModuleAddress; thermostat: Thermostat } | { ok: false; response: Response };

/** Sets a thermostat (Legrand, Set Chronothermostat Status). A refused request (430, 404) changes nothing. */
export async function setStatus(
  access: Access,
  parameters: Record<string, string>,
  request: IncomingRequest,
): Promise<StatusOutcome> {
  const settings = await readJsonBody(request, settingsSchema);
  if (!settings.ok) return refused(answerRefusal(430, settings.message));
  const at = now();
  const activation = findActivationEnd(settings.value, at);
  if (!activation.ok) return refused(answerRefusal(430, activation.message));
  const address = parseDeviceAddress(access, parameters);
  const stored = address && (await findThermostat(access, address));
  if (!stored) return refused(answerNotFound());
  if (!stored.gatewayOnline) return refused(answerOffline());
  const thermostat = await changeThermostat(
    access,
    address,
    applySettings(stored, settings.value, at, activation.end),
  );
  // The thermostat was deleted or went offline after it was read.
  return thermostat ? { ok: true, address, thermostat } : refused(answerOffline());
}

const refused = (response: Response): StatusOutcome => ({ ok: false, response });
