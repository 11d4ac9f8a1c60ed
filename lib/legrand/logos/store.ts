import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { LogoDrawing } from "#lib/legrand/logos/drawing.ts";

/**
 * Stores all drawings of a logo, or none. The same picture is stored once. Storing it again renews its age,
 * so that the sweep does not delete a logo that a developer is about to use.
 */
export async function addDrawings(digest: string, drawings: LogoDrawing[]): Promise<void> {
  await database().$executeRaw`
    INSERT INTO legrand_logo (digest, size, content)
    SELECT ${digest}, size, decode(content, 'base64')
    FROM unnest(${drawings.map(({ size }) => size)}::smallint[], ${drawings.map(({ content }) => Buffer.from(content).toString("base64"))}::text[]) AS drawing(size, content)
    ON CONFLICT (digest, size) DO UPDATE SET created_at = now()`;
}

/** Returns that logo's drawing in that size, a PNG, or null. */
export async function findDrawing(digest: string, size: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await database().logo.findUnique({
    where: { digest_size: { digest, size } },
    select: { content: true },
  });
  return row && new Uint8Array(row.content);
}

const IS_UNUSED = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM legrand_application WHERE logo_path = '/legrand/logos/' || logo.digest || '-128.png')
  AND NOT EXISTS (SELECT 1 FROM legrand_application_draft WHERE logo_path = '/legrand/logos/' || logo.digest || '-128.png')`;

/**
 * Deletes the logos from before that moment that no application shows and no draft has. Returns how many rows
 * were deleted.
 */
export async function deleteUnusedDrawings(before: Date): Promise<number> {
  return database()
    .$executeRaw`DELETE FROM legrand_logo AS logo WHERE created_at < ${before} AND ${IS_UNUSED}`;
}

/**
 * Deletes the unused logos except the `most` newest ones, however young they are. Returns how many rows were
 * deleted.
 */
export async function boundUnusedDrawings(most: number): Promise<number> {
  return database().$executeRaw`
    DELETE FROM legrand_logo WHERE digest IN (
      SELECT digest FROM legrand_logo AS logo WHERE ${IS_UNUSED} GROUP BY digest ORDER BY max(created_at) DESC OFFSET ${most})`;
}
