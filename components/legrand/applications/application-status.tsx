import { Status } from "#components/ui/status.tsx";

export function ApplicationStatus({ state }: { state: "active" | "suspended" }) {
  return state === "active" ? <Status tone="success">Active</Status> : <Status tone="off">Suspended</Status>;
}
