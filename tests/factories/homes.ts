import { query } from "#tests/harness/database.ts";

/** A home and its thermostats, in order. */
export type TestHome = { plantId: string; moduleIds: string[] };

/** Reads the first home of an account. */
export async function readHome(accountId: string): Promise<TestHome> {
  return (await readHomes(accountId))[0]!;
}

/** Reads all homes of an account, by name. */
export function readHomes(accountId: string): Promise<TestHome[]> {
  return query<TestHome>(
    `SELECT p.id::text AS "plantId", ARRAY(SELECT m.id::text FROM legrand_module m WHERE m.plant_id = p.id ORDER BY m.position) AS "moduleIds"
     FROM legrand_plant p WHERE p.account_id = $1::uuid ORDER BY p.name`,
    accountId,
  );
}

/** Returns the path of a thermostat below the API. The default is the first one of the home. */
export function thermostatPath({ plantId, moduleIds }: TestHome, index = 0): string {
  return `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleIds[index]}`;
}
