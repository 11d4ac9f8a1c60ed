import { pythonSettings, homeAssistantSettings } from "#lib/legrand/applications/settings/python-settings.ts";
import {
  nextAuthSettings,
  openidClientSettings,
} from "#lib/legrand/applications/settings/javascript-settings.ts";
import { curlSettings, environmentSettings } from "#lib/legrand/applications/settings/shell-settings.ts";
import type { ClientFacts, ClientSettings } from "#lib/legrand/applications/settings/client-facts.ts";

/**
 * The settings of each kind of client that people connect with, working as they stand once the environment
 * has
 * `WWL_CLIENT_SECRET`: the secret is shown in one place only, and code is no place to keep one.
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
