import type { IconName } from "#components/ui/icon.tsx";
import type { Scope } from "#lib/legrand/scopes.ts";

const BY_FAMILY: Record<Scope["family"], IconName> = {
  identity: "person",
  home: "home",
  "audio-video": "video",
  automation: "shutter",
  comfort: "thermometer",
  light: "light",
  lock: "lock",
  plug: "plug",
};

const BY_NAME: Record<string, IconName> = {
  email: "mail",
  offline_access: "refresh",
  "audiovideoterminal.write": "door",
  "comfort.write": "dial",
};

export function scopeIcon({ name, family }: Pick<Scope, "name" | "family">): IconName {
  return BY_NAME[name] ?? BY_FAMILY[family];
}
