import { signOut } from "#lib/connect/auth/auth.ts";
import { formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async () => {
  await signOut();
  return "/";
});
