import { deviceFormSchema } from "#lib/connect/homes/product-form-schema.ts";
import { setDevice } from "#lib/connect/homes/set-product.ts";
import { thermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { answerInvalid, seeOther } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, form) => {
  const target = deviceFormSchema.safeParse(Object.fromEntries(form));
  if (!target.success)
    return answerInvalid(400, "This is not the form of a light, a plug or a shutter. Nothing was changed.");
  const account = (await listLinkedAccounts(user)).find(({ id }) => id === target.data.account);
  if (!account) return answerInvalid(404, "Account not found.");
  const outcome = await setDevice(account, target.data);
  if (!outcome.ok && outcome.problem.reason === "not_found")
    return seeOther("/account", accountNotice.seal({ about: "device_not_found" }));
  const place = { account: account.id, module: target.data.module };
  return seeOther(
    "/account",
    thermostatNotice.seal(
      outcome.ok
        ? { ...place, outcome: "done", act: target.data.do }
        : { ...place, outcome: "problem", problem: outcome.problem },
    ),
  );
});
