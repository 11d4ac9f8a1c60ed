import { ownedPost } from "#lib/legrand/portal/portal-post.ts";
import { registerReplyUrl } from "#lib/legrand/reply-url-requests/register-reply-url.ts";

export const POST = ownedPost(({ account, application, form, headers }) =>
  registerReplyUrl(account, application, { form, headers }),
);
