import { light, plug, remote, shutter, type Installation } from "#lib/legrand/plants/installation.ts";

/** What a new home contains. The migration `home_control` added the same to older homes. */
export const FIRST_INSTALLATION: Installation = {
  ambients: [
    {
      name: "Living room",
      type: "livingroom",
      products: [
        light("Ceiling light", "NLF", 40),
        plug("Floor lamp", 9, true),
        shutter("Living room shutter", 100),
      ],
    },
    {
      name: "Bedroom",
      type: "bedroom",
      products: [light("Bedside lamp", "NLL", 8), shutter("Bedroom shutter", 0)],
    },
  ],
  products: [remote("General command")],
};
