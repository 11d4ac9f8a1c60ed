/** The page that lists whom a person let in. */
export const THIRD_PARTY_ACCESS = "/legrand/third-party-access";

/** The address below which one application's access is changed. */
export const thirdPartyPath = (clientId: string): string => `${THIRD_PARTY_ACCESS}/${clientId}`;
