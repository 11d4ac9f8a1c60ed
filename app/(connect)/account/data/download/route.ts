import { findUser } from "#lib/connect/auth/auth.ts";
import { findUserData } from "#lib/connect/disconnecting/your-data.store.ts";
import { writeDownload } from "#lib/connect/disconnecting/your-data.ts";
import { answerFailure, seeOther } from "#lib/http/form-post.ts";

export async function GET(request: Request): Promise<Response> {
  try {
    const user = await findUser();
    const data = user && (await findUserData(user));
    if (!data) return seeOther("/account");
    return new Response(writeDownload(data), {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": 'attachment; filename="legrand-connect-your-data.json"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return answerFailure(request, error);
  }
}
