import { now } from "#lib/clock.ts";
import { answerUnknown } from "#lib/legrand/home-control/answers.ts";
import { describeModules } from "#lib/legrand/home-control/describe-modules.ts";
import { findInstalledPlant, listProducts } from "#lib/legrand/home-control/store.ts";
import { answerJson } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findSharedHome } from "#lib/legrand/smarther/shared-home.ts";

/**
 * Answers the homes that the application may see. Without a home, the list is empty, because clients of this API always
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
  const home = findSharedHome(access, parameters);
  const plant = home && (await findInstalledPlant(access, home));
  return plant ? answerJson({ plant }) : answerUnknown();
}

/** Answers the state of all products of a home. A family without its scope is empty. */
export async function answerState(access: Access, parameters: Record<string, string>): Promise<Response> {
  const home = findSharedHome(access, parameters);
  if (!home) return answerUnknown();
  const products = await listProducts(access, home);
  return answerJson({ modules: describeModules(products, access.scopes, now()) });
}
