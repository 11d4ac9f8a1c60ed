import { FactsPlate } from "#components/legrand/applications/facts-plate.tsx";
import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import {
  ACTIVATION_TIME_WORDS,
  REFRESH_POLICY_WORDS,
  type ActivationTime,
  type RefreshPolicy,
} from "#lib/legrand/applications/compatibility-constants.ts";

type SettingsFactsProps = {
  application: {
    clientId: string;
    type: "web" | "mobile";
    description: string;
    vendor: string;
    url: string;
    /** The policy that applies: the chosen one or the default. */
    refreshPolicy: RefreshPolicy;
    activationTime: ActivationTime;
  };
};

/** Shows the description and the compatibility settings, each with a link to the editor. */
export function SettingsFacts({ application }: SettingsFactsProps) {
  const { clientId, type, description, vendor, url, refreshPolicy, activationTime } = application;
  const edit = (part: string) => `/legrand/applications/${clientId}/edit/${part}`;
  return (
    <>
      <FactsPlate
        title="Description"
        edit={edit("description")}
        rows={[
          { term: "Type", value: TYPE_WORDS[type] },
          {
            term: "Description",
            value: <p className="max-w-text whitespace-pre-line">{description}</p>,
          },
          { term: "Vendor", value: vendor },
          { term: "Url", value: <code>{url}</code> },
        ]}
      />
      <FactsPlate
        title="Compatibility"
        edit={edit("compatibility")}
        rows={[
          { term: "Refresh tokens", value: <Setting {...REFRESH_POLICY_WORDS[refreshPolicy]} /> },
          { term: "activationTime", value: <Setting {...ACTIVATION_TIME_WORDS[activationTime]} /> },
        ]}
      />
    </>
  );
}

/** Shows a setting and its meaning. */
function Setting({ name, meaning }: { name: string; meaning: string }) {
  return (
    <>
      {name} <span className="block text-sm text-ink-muted">{meaning}</span>
    </>
  );
}
