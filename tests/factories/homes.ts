import { query } from "#tests/harness/database.ts";

/** A home and its thermostats, in their order. */
export type TestHome = { plantId: string; moduleIds: string[] };

/** The first home of an account. */
export async function readHome(accountId: string): Promise<TestHome> {
  const rows = await query<TestHome>(
    `SELECT p.id::text AS "plantId", ARRAY(SELECT m.id::text FROM legrand_module m WHERE m.plant_id = p.id ORDER BY m.position) AS "moduleIds"
     FROM legrand_plant p WHERE p.account_id = $1::uuid ORDER BY p.name LIMIT 1`,
    accountId,
  );
  return rows[0]!;
}

/** The path of a thermostat below the API: of the home's first one unless another is named. */
export function thermostatPath({ plantId, moduleIds }: TestHome, index = 0): string {
  return `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleIds[index]}`;
}
