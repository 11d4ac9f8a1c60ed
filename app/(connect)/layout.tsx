import { connection } from "next/server";

/** Renders the pages of Connect for each request, because they depend on who is signed in. */
export default async function ConnectLayout({ children }: { children: React.ReactNode }) {
  await connection();
  return children;
}
