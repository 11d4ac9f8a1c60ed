import { redirect } from "next/navigation";

import { stepPath } from "#lib/legrand/editing/step-path.ts";

export default function NewApplicationPage() {
  redirect(stepPath("description", null));
}
