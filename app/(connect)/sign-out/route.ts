import { signOut } from "#lib/connect/auth.ts";
import { formPost } from "#lib/form-post.ts";

export const POST = formPost(async () => {
  await signOut();
  return "/";
});
