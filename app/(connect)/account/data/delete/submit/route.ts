import { deleteConnectAccount } from "#lib/connect/leaving/delete-connect-account.ts";
import { signedInPost } from "#lib/connect/signed-in-post.ts";

export const POST = signedInPost(async (user) => `/?deleted=${await deleteConnectAccount(user)}`);
