import { now } from "#lib/clock.ts";
import { isUuid } from "#lib/is-uuid.ts";
import { answerUnknown } from "#lib/legrand/home-control/answers.ts";
import { describeModules } from "#lib/legrand/home-control/describe-modules.ts";
import { findInstalledPlant, listProducts } from "#lib/legrand/home-control/store.ts";
import { answerJson } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

/**
 * Answers the homes of the account. Without a home, the list is empty, because clients of this API always
 * read a body.
 */
export async function answerHomeControlPlants({ homes }: Access): Promise<Response> {
  return answerJson({ plants: homes.map(({ id, name, country }) => ({ id, name, country })) });
}

/** Answers the rooms of a home and the products in them (Legrand, Home + Control, Topology). */
export async function answerHomeControlTopology(
  access: Access,
  parameters: Record<string, string>,
): Promise<Response> {
  const id = plantIdOf(parameters);
  const plant = id && (await findInstalledPlant(access, id));
  return plant ? answerJson({ plant }) : answerUnknown();
}

/** Answers the state of all products of a home. A family without its scope is empty. */
export async function answerState(access: Access, parameters: Record<string, string>): Promise<Response> {
  const id = plantIdOf(parameters);
  const products = id && (await listProducts(access, id));
  return products
    ? answerJson({ modules: describeModules(products, access.scopes, now()) })
    : answerUnknown();
}

function plantIdOf({ plantId = "" }: Record<string, string>): string | null {
  const id = plantId.toLowerCase();
  return isUuid(id) ? id : null;
}
