import { now } from "#lib/clock.ts";
import { answerNotFound, answerOffline, answerRefusal } from "#lib/legrand/smarther/answers.ts";
import { applySettings, findActivationEnd } from "#lib/legrand/smarther/apply-settings.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import { readJson } from "#lib/legrand/smarther/read-json.ts";
import { parseModuleAddress } from "#lib/legrand/smarther/read-thermostat.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { settingsSchema } from "#lib/legrand/smarther/settings-schema.ts";
import { changeThermostat } from "#lib/legrand/smarther/store.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/** What became of a request to set a thermostat: which one is how, or the response that refuses it. */
export type StatusOutcome = { ok: true; address: ModuleAddress; thermostat: Thermostat } | { ok: false; response: Response };

/** Sets a thermostat (Legrand, Set Chronothermostat Status). What is refused (430, 404) changes nothing. */
export async function setStatus(access: Access, parameters: Record<string, string>, request: Request): Promise<StatusOutcome> {
  const settings = await readJson(request, settingsSchema);
  if (!settings.ok) return refused(answerRefusal(430, settings.message));
  const at = now();
  const activation = findActivationEnd(settings.value, at);
  if (!activation.ok) return refused(answerRefusal(430, activation.message));
  const address = parseModuleAddress(parameters);
  if (!address) return refused(answerNotFound());
  const thermostat = await changeThermostat(access, address, (stored) => applySettings(stored, settings.value, now(), activation.end));
  if (thermostat === "not_found") return refused(answerNotFound());
  return thermostat === "offline" ? refused(answerOffline()) : { ok: true, address, thermostat };
}

const refused = (response: Response): StatusOutcome => ({ ok: false, response });
