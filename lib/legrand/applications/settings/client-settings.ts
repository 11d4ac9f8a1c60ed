import { pythonSettings, homeAssistantSettings } from "#lib/legrand/applications/settings/python-settings.ts";
import {
  nextAuthSettings,
  openidClientSettings,
} from "#lib/legrand/applications/settings/javascript-settings.ts";
import { curlSettings, environmentSettings } from "#lib/legrand/applications/settings/shell-settings.ts";
import type { ClientFacts, ClientSettings } from "#lib/legrand/applications/settings/client-facts.ts";

/**
 * Returns the settings for each kind of client. They work as they are once the environment has
 * `WWL_CLIENT_SECRET`. They do not contain the secret: it is shown in one place only, and must not be stored
 * in code.
 */
export function describeClientSettings(facts: ClientFacts): ClientSettings[] {
  return [
    environmentSettings(facts),
    curlSettings(facts),
    nextAuthSettings(facts),
    openidClientSettings(facts),
    pythonSettings(facts),
    homeAssistantSettings(facts),
  ];
}
