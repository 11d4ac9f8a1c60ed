import { z } from "zod";

/** As much of a linked account as is told apart by. */
type Account = { id: string; name: string | null; email: string | null; connectedAt: Date; authorizedAt: Date };

const querySchema = z.object({ intent: z.enum(["another", "change", "reconnect"]), begun: z.coerce.number().int(), account: z.string().optional() });

/** After that the page is one that somebody opened again. */
const SAID_FOR_MS = 5 * 60 * 1000;

/**
 * What to say on `/account` after an authorization request of **Connect another account**, **Change permissions** or
 * **Reconnect**: who came back from Legrand need not be the account that was meant. `query` is the page's. Null when there is
 * nothing to say.
 */
export function describeConnected(query: Record<string, string | string[] | undefined>, accounts: readonly Account[], now: Date): { tone: "success" | "info" | "warning"; text: string } | null {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return null;
  const { intent, account: meantId } = parsed.data;
  const begun = new Date(parsed.data.begun * 1000);
  const [back] = accounts.filter(({ authorizedAt }) => authorizedAt >= begun && now.getTime() - authorizedAt.getTime() < SAID_FOR_MS)
    .sort((a, b) => b.authorizedAt.getTime() - a.authorizedAt.getTime());
  if (!back) return null;
  if (intent === "another") {
    return back.connectedAt < begun
      ? { tone: "info", text: `This account was connected already: ${nameOf(back)}. Its access is renewed, and nothing was added.` }
      : { tone: "success", text: `${nameOf(back)} is connected.` };
  }
  const meant = accounts.find(({ id }) => id === meantId);
  if (meant && meant.id !== back.id) return { tone: "warning", text: `You signed in at Legrand as ${nameOf(back)}: that account is renewed. ${nameOf(meant)} is as it was.` };
  return { tone: "success", text: intent === "change" ? `The permissions of ${nameOf(back)} are as you chose.` : `${nameOf(back)} is connected again.` };
}

const nameOf = ({ name, email }: Account) => email ?? name ?? "your Legrand account";
