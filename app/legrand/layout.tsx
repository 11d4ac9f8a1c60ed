import { connection } from "next/server";
import { notFound } from "next/navigation";

import { env } from "#lib/env.ts";

/** Everything below /legrand is the sandbox; where Connect talks to another cloud there is none. */
export default async function LegrandLayout({ children }: { children: React.ReactNode }) {
  await connection();
  if (!env().sandbox) notFound();
  return children;
}
