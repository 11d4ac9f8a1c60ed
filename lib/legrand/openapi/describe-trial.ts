import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { HOME_CONTROL_PATH } from "#lib/legrand/openapi/apis-constants.ts";
import type { DescribedOperation } from "#lib/legrand/openapi/describe-operation.ts";
import { findOwnProduct, findOwnThermostat } from "#lib/legrand/openapi/store.ts";

/** An operation for its try-it form: the initial values of the fields. */
type Trial = Pick<DescribedOperation, "method" | "url"> & {
  scope: { name: string; label: string };
  parameters: { name: string; description: string; value: string }[];
  bodyExample: string | null;
};

/**
 * Returns the initial values of the form of that operation. A developer first tries it with their own home,
 * and signs in to their own application. Therefore the ids are those of their home if they have one,
 * otherwise those of the examples.
 */
export async function describeTrial(
  { method, api, path, url, scope: { name, label }, parameters, body }: DescribedOperation,
  account: LegrandAccount | null,
): Promise<Trial> {
  const device = api.path === HOME_CONTROL_PATH ? path.split("/")[1]! : null;
  const find =
    device === null || device === "plants"
      ? findOwnThermostat
      : (developer: LegrandAccount) => findOwnProduct(developer, device);
  const own: Record<string, string> = (account && parameters.length > 0 && (await find(account))) || {};
  return {
    method,
    url,
    scope: { name, label },
    bodyExample: body?.examples[0]!.json ?? null,
    parameters: parameters.map(({ name: parameter, description, example }) => ({
      name: parameter,
      description,
      value: own[parameter] ?? example,
    })),
  };
}
