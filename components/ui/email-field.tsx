import type { ComponentProps } from "react";

import { Field } from "#components/ui/field.tsx";

/**
 * A field for one e-mail address. With `type="email"`, some browsers refuse an internationalised domain and
 * others rewrite what was typed.
 */
export function EmailField(
  props: Omit<ComponentProps<typeof Field>, "type" | "inputMode" | "autoCapitalize" | "spellCheck">,
) {
  return <Field {...props} type="text" inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
