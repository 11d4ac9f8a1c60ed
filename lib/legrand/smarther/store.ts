import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import type { DeviceAddress, SharedHomeId } from "#lib/legrand/smarther/shared-home.ts";
import type { Thermostat, ThermostatChange } from "#lib/legrand/smarther/thermostat.ts";

/** A home with its modules. */
export type Topology = { id: string; name: string; modules: { device: string; id: string; name: string }[] };

/** A thermostat as it is stored, and whether its gateway is online. */
export type StoredThermostat = Thermostat & { gatewayOnline: boolean };

const THERMOSTAT = Prisma.sql`m.function::text, m.mode::text, m.set_point AS "setPoint", m.program::int,
  m.activation_end AS "activationEnd", m.temperature, m.humidity, m.measured_at AS "measuredAt"`;

/** Returns that home of the account with its modules in their order, or null, in one query. */
export async function findTopology(access: Access, plantId: SharedHomeId): Promise<Topology | null> {
  const [row] = await database().$queryRaw<Topology[]>`
    /* prepared */ SELECT p.id::text, p.name, coalesce((
      SELECT json_agg(json_build_object('device', m.device, 'id', m.id, 'name', m.name) ORDER BY m.position) FROM legrand_module m WHERE m.plant_id = p.id
    ), '[]') AS modules
    FROM legrand_plant p WHERE p.id = ${plantId}::uuid AND p.account_id = ${access.accountId}::uuid`;
  return row ?? null;
}

/** Returns that thermostat of the account as it is stored, or null. */
export async function findThermostat(
  access: Access,
  { plantId, moduleId }: DeviceAddress,
): Promise<StoredThermostat | null> {
  const [row] = await database().$queryRaw<StoredThermostat[]>`
    /* prepared */ SELECT ${THERMOSTAT}, p.gateway_online AS "gatewayOnline"
    FROM legrand_module m JOIN legrand_plant p ON p.id = m.plant_id
    WHERE m.id = ${moduleId}::uuid AND p.id = ${plantId}::uuid AND p.account_id = ${access.accountId}::uuid`;
  return row ?? null;
}

/**
 * Changes that thermostat of the account, unless its gateway is offline. Returns what is stored then, or
 * null. It is one statement: of two concurrent ones, the second waits for the first's row lock, and members
 * that it does not set keep the first one's values.
 */
export async function changeThermostat(
  access: Access,
  { plantId, moduleId }: DeviceAddress,
  change: ThermostatChange,
): Promise<Thermostat | null> {
  const [row] = await database().$queryRaw<Thermostat[]>`
    /* prepared */ UPDATE legrand_module m SET
      mode = ${change.mode}::legrand_thermostat_mode, activation_end = ${change.activationEnd}::timestamptz,
      temperature = ${change.temperature}::float8, humidity = ${change.humidity}::float8, measured_at = ${change.measuredAt}::timestamptz,
      function = coalesce(${change.function}::legrand_thermostat_function, m.function),
      set_point = coalesce(${change.setPoint}::float8, m.set_point), program = coalesce(${change.program}::smallint, m.program)
    FROM legrand_plant p
    WHERE m.id = ${moduleId}::uuid AND p.id = m.plant_id AND p.id = ${plantId}::uuid AND p.account_id = ${access.accountId}::uuid AND p.gateway_online
    RETURNING ${THERMOSTAT}`;
  return row ?? null;
}
