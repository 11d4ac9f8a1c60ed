import type { ClientFacts, ClientSettings } from "#lib/legrand/applications/settings/client-facts.ts";

/**
 * Quotes a value for every shell. A quote inside the value ends the string, is escaped, and starts the string
 * again.
 */
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;

// Parsers of .env files do not support that escape, so a value with a single quote gets double quotes.
const quoteEntry = (value: string) => (value.includes("'") ? `"${value}"` : `'${value}'`);

/**
 * Returns a `.env` file. It uses its own variable names, because in this project's folder the names of the
 * project's settings would turn the sandbox off.
 */
export function environmentSettings(facts: ClientFacts): ClientSettings {
  const entries = {
    WWL_CLIENT_ID: facts.clientId,
    WWL_CLIENT_SECRET: "<your client secret>",
    WWL_ISSUER: facts.issuer,
    WWL_AUTHORIZE_URL: facts.authorizeUrl,
    WWL_TOKEN_URL: facts.tokenUrl,
    WWL_API_URL: facts.apiUrl,
    WWL_REPLY_URL: facts.replyUrl,
    WWL_SCOPES: facts.scopes.join(" "),
    WWL_SUBSCRIPTION_KEY: "<your subscription key>",
  };
  return {
    id: "env",
    title: ".env",
    note: "For any client that reads its settings from the environment.",
    code: Object.entries(entries)
      .map(([name, value]) => `${name}=${quoteEntry(value)}`)
      .join("\n"),
  };
}

/** Returns the whole flow as curl commands. */
export function curlSettings({
  clientId,
  replyUrl,
  scopes,
  authorizeUrl,
  tokenUrl,
  apiUrl,
}: ClientFacts): ClientSettings {
  const request = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: replyUrl,
    scope: scopes.join(" "),
    state: "1",
  });
  return {
    id: "curl",
    title: "curl",
    note: "The whole flow by hand, in a terminal.",
    code: `WWL_CLIENT_SECRET='<your client secret>'

# 1. Open this address, sign in and accept. You are sent to the reply URL; its address has code=… in it
# ${authorizeUrl}?${request}
CODE='<the code>'

# 2. Exchange the code for tokens: once, and within a minute.
curl -sS ${quote(tokenUrl)} \\
  -d grant_type=authorization_code -d client_id=${clientId} \\
  --data-urlencode "client_secret=$WWL_CLIENT_SECRET" \\
  --data-urlencode ${quote(`redirect_uri=${replyUrl}`)} \\
  --data-urlencode "code=$CODE"

# 3. Refresh. Every answer has a new refresh token: keep the last one.
REFRESH_TOKEN='<the refresh token>'
curl -sS ${quote(tokenUrl)} \\
  -d grant_type=refresh_token -d client_id=${clientId} \\
  --data-urlencode "client_secret=$WWL_CLIENT_SECRET" \\
  --data-urlencode "refresh_token=$REFRESH_TOKEN"

# 4. Call the API. The subscription key is not the client secret.
ACCESS_TOKEN='<the access token>'
curl -sS ${quote(`${apiUrl}/plants`)} \\
  -H "Authorization: Bearer $ACCESS_TOKEN" \\
  -H 'Ocp-Apim-Subscription-Key: <your subscription key>'`,
  };
}
