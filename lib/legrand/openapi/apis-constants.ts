/**
 * Path of the Home + Control API below the common address of all APIs. Its paths in the document begin with
 * it.
 */
export const HOME_CONTROL_PATH = "/hc/api/v1.0";

/** One API of the catalogue. */
export type Api = { name: string; /** Below the addresses of all APIs. */ path: string };

const SMARTHER: Api = { name: "Smarther API v2.0", path: "/smarther/v2.0" };
const HOME_CONTROL: Api = { name: "Home + Control API v1.0", path: HOME_CONTROL_PATH };

/** The APIs in the order of the catalogue. */
export const APIS: readonly Api[] = [SMARTHER, HOME_CONTROL];

/** Returns the API that a path of the document belongs to, and the path below the API's own address. */
export function locate(path: string): { api: Api; path: string } {
  return path.startsWith(`${HOME_CONTROL_PATH}/`)
    ? { api: HOME_CONTROL, path: path.slice(HOME_CONTROL_PATH.length) }
    : { api: SMARTHER, path };
}

/** Returns the address of that API at the sandbox with that issuer. */
export const urlOf = (issuer: string, { path }: Api) => `${issuer}/api${path}`;
