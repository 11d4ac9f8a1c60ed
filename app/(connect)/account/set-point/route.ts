import { setPointSchema, thermostatFormSchema } from "#lib/connect/homes/product-form-schema.ts";
import { setThermostat } from "#lib/connect/homes/set-product.ts";
import { thermostatNotice, type ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import { cutText } from "#lib/graphemes.ts";

export const POST = signedInPost(async (user, form) => {
  const target = thermostatFormSchema.safeParse(Object.fromEntries(form));
  if (!target.success)
    return answerInvalid(400, "This is not the form of a thermostat. Nothing was changed.");
  const account = (await listLinkedAccounts(user)).find(({ id }) => id === target.data.account);
  if (!account) return answerInvalid(404, "Account not found.");

  const answer = (notice: ThermostatNotice) => seeOther("/account", thermostatNotice.seal(notice));
  const place = { account: account.id, module: target.data.module };
  const typed = form.get("temperature") ?? "";
  const temperature = target.data.do === "set" ? setPointSchema.safeParse(typed) : null;
  if (temperature?.success === false) {
    return answer({
      ...place,
      outcome: "mistyped",
      typed: cutText(typed, 40),
      message: temperature.error.issues[0]!.message,
    });
  }
  const outcome = await setThermostat(account, target.data, temperature?.data ?? null);
  if (outcome.ok)
    return answer(
      temperature
        ? { ...place, outcome: "set", temperature: temperature.data }
        : { ...place, outcome: "following" },
    );
  if (outcome.problem.reason === "not_found")
    return seeOther("/account", accountNotice.seal({ about: "device_not_found" }));
  return answer({ ...place, outcome: "problem", problem: outcome.problem });
});
