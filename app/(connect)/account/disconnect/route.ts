import { disconnect } from "#lib/connect/leaving/disconnect.ts";
import { signedInPost } from "#lib/connect/signed-in-post.ts";
import { answerInvalid } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, form, headers) => {
  const left = await disconnect(user, form.get("id"), headers);
  if (!left) return answerInvalid(404, "There is no such connected account.");
  if (left === "last_administrator") return "/account?kept=last_administrator";
  return `${left.isSignedOut ? "/" : "/account"}?disconnected=${left.outcome}`;
});
