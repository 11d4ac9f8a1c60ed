import { join } from "node:path";

import { installPackages } from "#tests/harness/install-packages.ts";

const FOLDER = join(import.meta.dirname, "../clients");

/** True if `TEST_CLIENT_LIBRARIES=false` leaves out the tests with client libraries. */
export const areLibrariesSkipped = (): boolean => process.env.TEST_CLIENT_LIBRARIES === "false";

/** What is said about the tests that are left out. */
export const SKIPPED =
  "TEST_CLIENT_LIBRARIES=false: the flows of the client libraries are skipped, and docs/compatibility.md is not compared.";

/**
 * Installs the client libraries into a `node_modules` of their own, unless that is done for this lockfile.
 * Throws with npm's words and the way around if it cannot, for want of a network in most cases.
 */
export async function installLibraries(folder = FOLDER): Promise<void> {
  await installPackages(
    folder,
    "The client libraries of tests/protocol/clients could not be installed. They need a network once. " +
      "Set TEST_CLIENT_LIBRARIES=false to skip their tests.",
  );
}
