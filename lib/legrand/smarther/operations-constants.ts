/** One operation of the API, as far as Legrand's pages describe it. */
export type Operation = { method: "GET" | "POST" | "DELETE"; does: string };

const OPERATIONS: Record<string, readonly Operation[]> = {
  "topology.read": [
    { method: "GET", does: "list the homes" },
    { method: "GET", does: "describe the rooms and products of a home" },
  ],
  "comfort.read": [
    { method: "GET", does: "read the state of a thermostat" },
    { method: "GET", does: "read its measures" },
    { method: "GET", does: "list its programs" },
    { method: "POST", does: "subscribe to what changes in a home" },
    { method: "GET", does: "list these subscriptions" },
    { method: "DELETE", does: "end one" },
  ],
  "comfort.write": [{ method: "POST", does: "set the mode and the temperature of a thermostat" }],
};

/**
 * The operations of the Smarther API v2.0 that need a scope (LEGRAND, Smarther API); none where Legrand's pages describe no
 * operation for it.
 */
export function operationsOf(scope: string): readonly Operation[] {
  return OPERATIONS[scope] ?? [];
}
