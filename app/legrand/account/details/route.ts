import { seeOther } from "#lib/http/form-post.ts";
import { fieldErrorsOf, personSchema } from "#lib/legrand/accounts/person-schema.ts";
import { updatePersonalDetails } from "#lib/legrand/accounts/store.ts";
import { accountPost } from "#lib/legrand/portal/account-post.ts";
import { cutTyped, formNotice } from "#lib/legrand/portal/form-notice.ts";

const PAGE = "/legrand/account";

export const POST = accountPost(async ({ account, form }) => {
  const input = personSchema.safeParse(Object.fromEntries(form));
  if (!input.success) {
    const typed = cutTyped(form, ["given_name", "family_name", "country"]);
    return seeOther(
      PAGE,
      formNotice(PAGE).seal({ tone: "error", fieldErrors: fieldErrorsOf(input.error), typed }),
    );
  }
  const { given_name: givenName, family_name: familyName, country } = input.data;
  await updatePersonalDetails(account, { givenName, familyName, country });
  return seeOther(PAGE, formNotice(PAGE).seal({ tone: "success", message: "Your details were saved." }));
});
