import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";

const TYPES = [
  {
    value: "web",
    name: TYPE_WORDS.web,
    meaning: "Runs on a server, which keeps the client secret. Its reply URLs start with https.",
  },
  {
    value: "mobile",
    name: TYPE_WORDS.mobile,
    meaning:
      "Runs on its users' own devices, such as phones. With PKCE it needs no client secret. Custom URL schemes are allowed, but then people are asked for consent each time.",
  },
] as const;

export function TypeField({ type, error }: { type: DraftFields["type"]; error: string | undefined }) {
  return <RadioGroup legend="Type" name="type" options={TYPES} chosen={type} error={error} />;
}
