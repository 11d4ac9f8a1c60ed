import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { DescribedOperation } from "#lib/legrand/smarther/openapi/describe-operation.ts";
import { findOwnThermostat } from "#lib/legrand/smarther/openapi/store.ts";

/** An operation as its page lets somebody try it: what the fields begin with. */
type Trial = Pick<DescribedOperation, "method" | "url"> & {
  scope: { name: string; label: string };
  parameters: { name: string; description: string; value: string }[];
  bodyExample: string | null;
};

/**
 * What the form of that operation begins with. A developer tries with a home of their own first, and signs in to their own
 * application: its ids stand there, where they have one, and else those of the examples.
 */
export async function describeTrial({ method, url, scope: { name, label }, parameters, body }: DescribedOperation, account: LegrandAccount | null): Promise<Trial> {
  const own: Record<string, string> = (account && parameters.length > 0 && (await findOwnThermostat(account))) || {};
  return {
    method, url, scope: { name, label }, bodyExample: body?.examples[0]!.json ?? null,
    parameters: parameters.map(({ name: parameter, description, example }) => ({ name: parameter, description, value: own[parameter] ?? example })),
  };
}
