import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import type { DraftFields } from "#lib/legrand/drafts/draft-schema.ts";

const TYPES = [
  {
    value: "web",
    name: TYPE_WORDS.web,
    meaning: "Runs on a server, which keeps the client secret. Its reply URLs begin with https.",
  },
  {
    value: "mobile",
    name: TYPE_WORDS.mobile,
    meaning:
      "Runs on people's own devices. It may leave the secret out where it sends PKCE, and may have reply URLs with a scheme of its own, for which people are asked each time.",
  },
] as const;

export function TypeField({ type, error }: { type: DraftFields["type"]; error: string | undefined }) {
  return <RadioGroup legend="Type" name="type" options={TYPES} chosen={type} error={error} />;
}
