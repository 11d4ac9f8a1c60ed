import { RadioGroup } from "#components/ui/radio-group.tsx";
import {
  ACTIVATION_TIME_WORDS,
  ACTIVATION_TIMES,
  REFRESH_POLICIES,
  REFRESH_POLICY_WORDS,
  type ActivationTime,
  type RefreshPolicy,
} from "#lib/legrand/applications/compatibility-constants.ts";

/** Shows the settings that make the sandbox compatible with an existing program. */
export function CompatibilityFields({
  refreshPolicy,
  activationTime,
}: {
  refreshPolicy: RefreshPolicy;
  activationTime: ActivationTime;
}) {
  return (
    <>
      <RadioGroup
        legend="Refresh tokens"
        name="refresh_policy"
        chosen={refreshPolicy}
        options={REFRESH_POLICIES.map((value) => ({ value, ...REFRESH_POLICY_WORDS[value] }))}
      />
      <RadioGroup
        legend="activationTime"
        name="activation_time"
        chosen={activationTime}
        options={ACTIVATION_TIMES.map((value) => ({ value, ...ACTIVATION_TIME_WORDS[value] }))}
      />
    </>
  );
}
