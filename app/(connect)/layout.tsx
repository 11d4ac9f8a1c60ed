import { connection } from "next/server";

/** Pages of Connect are rendered for whoever asks: who is signed in decides what they show. */
export default async function ConnectLayout({ children }: { children: React.ReactNode }) {
  await connection();
  return children;
}
