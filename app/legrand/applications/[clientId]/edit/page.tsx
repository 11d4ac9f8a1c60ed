import { redirect } from "next/navigation";

import { editPath } from "#lib/legrand/editing/edit-path.ts";

export default async function EditPage({ params }: { params: Promise<{ clientId: string }> }) {
  redirect(editPath(encodeURIComponent((await params).clientId), "description"));
}
