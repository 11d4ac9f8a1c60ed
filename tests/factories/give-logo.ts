import { randomBytes } from "node:crypto";

import { paint } from "#tests/factories/pictures.ts";
import { query } from "#tests/harness/database.ts";

/** Gives an application a logo of one colour, stored as an upload would be. Returns its path. */
export async function giveLogo(clientId: string): Promise<string> {
  const digest = randomBytes(32).toString("hex");
  for (const size of [64, 128, 256]) {
    const content = await paint(size, size).png().toBuffer();
    await query(
      `INSERT INTO legrand_logo (digest, size, content) VALUES ($1, $2::smallint, decode($3, 'base64'))`,
      digest,
      size,
      content.toString("base64"),
    );
  }
  const logoPath = `/legrand/logos/${digest}-128.png`;
  await query(`UPDATE legrand_application SET logo_path = $2 WHERE client_id = $1::uuid`, clientId, logoPath);
  return logoPath;
}
