import { redirect } from "next/navigation";

import { stepPath } from "#lib/legrand/drafts/step-path.ts";

export default function NewApplicationPage() {
  redirect(stepPath("description", null));
}
