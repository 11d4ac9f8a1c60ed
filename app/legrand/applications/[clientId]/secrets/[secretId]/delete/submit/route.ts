import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { describeDeletionMail } from "#lib/legrand/client-secrets/secret-mails.ts";
import { deleteSecret, findSecret, wasDeleted } from "#lib/legrand/client-secrets/store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { ownedPost } from "#lib/legrand/portal/portal-post.ts";

const ONLY_ONE =
  "It is the only valid client secret. Generate a new one first, or suspend the application with it.";

export const POST = ownedPost<{ clientId: string; secretId: string }>(
  async ({ application, account, form, params: { secretId } }) => {
    const path = `/legrand/applications/${application.clientId}`;
    const here = `${path}/secrets/${secretId}/delete`;
    const deleted = await deleteSecret(application, secretId, fullName(account), form.get("stop") === "yes");
    if (deleted) postSandboxMail(describeDeletionMail(account, application, deleted));
    else if (await findSecret(application, secretId))
      return seeOther(here, formNotice(here).seal({ tone: "error", message: ONLY_ONE }));
    else if (!(await wasDeleted(application, secretId)))
      return answerInvalid(404, "Client secret not found.");
    const list = `${path}/credentials`;
    return seeOther(
      list,
      formNotice(list).seal({ tone: "success", message: "The client secret is deleted." }),
    );
  },
);
