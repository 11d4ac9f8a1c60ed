/** The labels of an application's fields, by their names in its history. */
export const FIELD_WORDS: Record<string, string> = {
  type: "Type",
  name: "Name",
  description: "Description",
  vendor: "Vendor",
  url: "Url",
  logo: "Logo",
  reply_urls: "Reply URLs",
  scopes: "Scopes",
  scope_terms: "Levels and reasons",
  refresh_policy: "Refresh tokens",
  activation_time: "activationTime",
};
