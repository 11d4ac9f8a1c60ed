import { connection } from "next/server";

/** Renders Connect's pages for each request, because they depend on who is signed in. */
export default async function ConnectLayout({ children }: { children: React.ReactNode }) {
  await connection();
  return children;
}
