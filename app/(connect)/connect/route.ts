import { z } from "zod";

import { findUser } from "#lib/connect/auth/auth.ts";
import { chooseAgain, connect, connectAgain, connectAnother } from "#lib/connect/auth/connect.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";

const schema = z.object({
  account: z.string().optional(),
  intent: z.enum(["", "another", "change", "reconnect", "choose"]).default(""),
});

export const POST = formPost(async (form) => {
  const input = schema.safeParse(Object.fromEntries(form));
  if (!input.success) return answerInvalid(400, "Unknown intent.");
  const { account, intent } = input.data;
  if (intent === "choose") return chooseAgain();
  // A user whose session has ended signs in by connecting.
  const user = account || intent ? await findUser() : null;
  if (user && intent === "another") return connectAnother(user);
  if (user && account && intent !== "another") {
    return (
      (await connectAgain(user, account, intent, form.getAll("scope"))) ??
      answerInvalid(404, "Connected account not found.")
    );
  }
  return connect();
});
