import type { ClientFacts, ClientSettings } from "#lib/legrand/applications/settings/client-facts.ts";

/** A JSON string is also a valid Python string. */
const literal = (value: string) => JSON.stringify(value);

/** Returns a program that uses requests-oauthlib to get a first token. */
export function pythonSettings({
  clientId,
  replyUrl,
  scopes,
  authorizeUrl,
  tokenUrl,
  apiUrl,
}: ClientFacts): ClientSettings {
  // By default, oauthlib refuses plain http, but a sandbox on this machine has no https.
  const insecure =
    tokenUrl.startsWith("http:") || replyUrl.startsWith("http:")
      ? `os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"\n`
      : "";
  return {
    id: "python",
    title: "Python, requests-oauthlib",
    note: "pip install requests-oauthlib, then run it with WWL_CLIENT_SECRET in the environment.",
    code: `import os

# A person may accept fewer scopes than were asked for.
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"
${insecure}
from requests_oauthlib import OAuth2Session

CLIENT_ID = ${literal(clientId)}
CLIENT_SECRET = os.environ["WWL_CLIENT_SECRET"]
TOKEN_URL = ${literal(tokenUrl)}

legrand = OAuth2Session(
    CLIENT_ID,
    redirect_uri=${literal(replyUrl)},
    scope=${literal(scopes.join(" "))}.split(),
)
address, state = legrand.authorization_url(${literal(authorizeUrl)})
print(address)
answer = input("Open it, accept, and paste the address that you were sent to: ")

tokens = legrand.fetch_token(
    TOKEN_URL, authorization_response=answer, client_secret=CLIENT_SECRET, include_client_id=True
)
print(tokens)
tokens = legrand.refresh_token(TOKEN_URL, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)

plants = legrand.get(
    ${literal(`${apiUrl}/plants`)},
    headers={"Ocp-Apim-Subscription-Key": os.environ.get("WWL_SUBSCRIPTION_KEY", "")},
)
print(plants.status_code, plants.text)`,
  };
}

/** Returns what a custom integration for Home Assistant declares, and what the user types there. */
export function homeAssistantSettings({
  clientId,
  scopes,
  authorizeUrl,
  tokenUrl,
}: ClientFacts): ClientSettings {
  return {
    id: "home-assistant",
    title: "Home Assistant",
    note: "custom_components/legrand/application_credentials.py of an integration. Register https://my.home-assistant.io/redirect/oauth as a reply URL.",
    code: `"""Application credentials: Settings, Devices & services, Application credentials, Add.

Client ID:     ${clientId}
Client secret: <your client secret>
"""

from homeassistant.components.application_credentials import AuthorizationServer
from homeassistant.core import HomeAssistant

# For extra_authorize_data of the integration's OAuth2 flow handler.
SCOPES = ${literal(scopes.join(" "))}


async def async_get_authorization_server(hass: HomeAssistant) -> AuthorizationServer:
    return AuthorizationServer(
        authorize_url=${literal(authorizeUrl)},
        token_url=${literal(tokenUrl)},
    )`,
  };
}
