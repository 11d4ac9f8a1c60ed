import { redirect } from "next/navigation";

import { stepPath } from "#lib/legrand/drafts/draft-paths.ts";

export default function NewApplicationPage() {
  redirect(stepPath("description", null));
}
