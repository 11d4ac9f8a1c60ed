import { toComparableEmail } from "#lib/email-address.ts";
import {
  energyMeter,
  heater,
  light,
  plug,
  remote,
  shutter,
  type Installation,
} from "#lib/legrand/plants/installation.ts";

/** A room with a thermostat, in its state when the account is created. */
type SandboxRoom = {
  name: string;
  mode: "automatic" | "manual" | "protection";
  setPoint: number;
  program: number;
  temperature: number;
  humidity: number;
};

/** An account that exists in every sandbox on this machine. Its password is published and not secret. */
export type SandboxAccount = {
  email: string;
  givenName: string;
  familyName: string;
  country: string;
  note: string;
  /** Rooms with a thermostat, and the devices of the home in the Home + Control API. */
  plants: { name: string; rooms: SandboxRoom[]; installation: Installation }[];
};

const room = (
  name: string,
  mode: SandboxRoom["mode"],
  setPoint: number,
  program: number,
  temperature: number,
  humidity: number,
): SandboxRoom => ({ name, mode, setPoint, program, temperature, humidity });

const LYON = {
  name: "Appartement Lyon",
  rooms: [
    room("Salon", "automatic", 20, 1, 19.2, 48),
    room("Chambre", "manual", 17.5, 1, 18.4, 52),
    room("Salle de bain", "automatic", 21, 2, 21.3, 61),
  ],
  installation: {
    ambients: [
      {
        name: "Salon",
        type: "livingroom",
        products: [
          light("Plafonnier", "NLF", 42, true),
          plug("Lampadaire", 9, true),
          shutter("Volet du salon", 100),
        ],
      },
      {
        name: "Chambre",
        type: "bedroom",
        products: [light("Applique", "NLL", 12), shutter("Volet de la chambre", 0)],
      },
      {
        name: "Cuisine",
        type: "kitchen",
        products: [light("Suspension", "NLL", 28), plug("Cafetière", 900)],
      },
    ],
    products: [remote("Commande générale"), energyMeter("Compteur", 180)],
  },
};
const ANNECY = {
  name: "Maison d’Annecy",
  rooms: [room("Séjour", "automatic", 20, 3, 15.6, 55), room("Chambre d’amis", "protection", 18, 3, 9.5, 64)],
  installation: {
    ambients: [
      {
        name: "Séjour",
        type: "livingroom",
        products: [light("Lustre", "NLF", 60), shutter("Volets battants", 0, "NBS")],
      },
      {
        name: "Cuisine",
        type: "kitchen",
        products: [plug("Réfrigérateur", 95, true), heater("Radiateur", 1000)],
      },
    ],
    products: [remote("Commande d’entrée")],
  },
};
const CASA = {
  name: "Casa",
  rooms: [
    room("Sala", "automatic", 20, 1, 19.5, 51),
    room("Camera", "manual", 18, 1, 18.7, 54),
    room("Bagno", "automatic", 21, 2, 20.8, 62),
  ],
  installation: {
    ambients: [
      {
        name: "Sala",
        type: "livingroom",
        products: [
          light("Lampadario", "NLF", 48, true),
          plug("Televisore", 74, true),
          shutter("Tapparella della sala", 100),
        ],
      },
      {
        name: "Camera",
        type: "bedroom",
        products: [light("Abat-jour", "NLL", 8), shutter("Tapparella della camera", 0)],
      },
      { name: "Cucina", type: "kitchen", products: [plug("Forno", 2100)] },
    ],
    products: [remote("Comando generale")],
  },
};

/** The password of all sandbox accounts. */
export const SANDBOX_PASSWORD = "sandbox-only";

/** The sandbox accounts, in the order in which the sign-in page offers them. */
export const SANDBOX_ACCOUNTS: readonly SandboxAccount[] = [
  {
    email: "camille@example.com",
    givenName: "Camille",
    familyName: "Moreau",
    country: "FR",
    note: "two homes",
    plants: [LYON, ANNECY],
  },
  {
    email: "marco@example.com",
    givenName: "Marco",
    familyName: "Ricci",
    country: "IT",
    note: "one home",
    plants: [CASA],
  },
  {
    email: "nohome@example.com",
    givenName: "Noa",
    familyName: "Haddad",
    country: "BE",
    note: "no home",
    plants: [],
  },
  {
    email: "admin@example.com",
    givenName: "Ada",
    familyName: "Novak",
    country: "SI",
    note: "administrator of Connect",
    plants: [],
  },
];

/**
 * True if this is the e-mail address of a sandbox account, in any case. All users of the sandbox share these
 * accounts. Their name, their password and the account itself never change, because the next user's click
 * relies on them.
 */
export function isSandboxAccount(email: string): boolean {
  return SANDBOX_ACCOUNTS.some((account) => account.email === toComparableEmail(email));
}
