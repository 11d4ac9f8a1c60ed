import { connection } from "next/server";
import { notFound } from "next/navigation";

import { env } from "#lib/env.ts";

/**
 * Serves the sandbox below /legrand. Answers 404 if Connect uses another cloud, because then there is no
 * sandbox.
 */
export default async function LegrandLayout({ children }: { children: React.ReactNode }) {
  await connection();
  if (!env().sandbox) notFound();
  return children;
}
