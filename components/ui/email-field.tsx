import type { ComponentProps } from "react";

import { Field } from "#components/ui/field.tsx";

/**
 * A field for one e-mail address. Of `type="email"` browsers refuse a domain in another language, or rewrite
 * what was typed, each in its own way.
 */
export function EmailField(
  props: Omit<ComponentProps<typeof Field>, "type" | "inputMode" | "autoCapitalize" | "spellCheck">,
) {
  return <Field {...props} type="text" inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
