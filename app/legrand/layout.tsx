import { connection } from "next/server";
import { notFound } from "next/navigation";

import type { Metadata } from "next";

import { partyTitle, partyViewport } from "#components/layout/party-metadata.ts";
import { env } from "#lib/env.ts";

export const metadata: Metadata = { title: partyTitle("legrand") };
export const generateViewport = () => partyViewport("legrand");

/**
 * Serves the sandbox below /legrand. Answers 404 if Connect uses another cloud, because then there is no
 * sandbox.
 */
export default async function LegrandLayout({ children }: { children: React.ReactNode }) {
  await connection();
  if (!env().sandbox) notFound();
  return children;
}
