import { redirect } from "next/navigation";

export default function LegrandPage() {
  redirect("/legrand/applications");
}
