import type { Random } from "#lib/server/load/random.ts";

/** Given and family names that fit together. */
const CULTURES: readonly {
  weight: number;
  given: readonly string[];
  family: readonly string[];
  isFamilyFirst?: true;
}[] = [
  {
    weight: 30,
    given: ["Camille", "Élodie", "François", "Léa", "Jérôme", "Zoé", "Hélène", "Thibault", "Anaïs", "Noël"],
    family: [
      "Moreau",
      "Lefèvre",
      "Dubois",
      "Garçon",
      "Bézier",
      "Fournier",
      "Guérin",
      "Le Goff",
      "D’Aubigné",
      "Chevalier",
    ],
  },
  {
    weight: 24,
    given: [
      "Marco",
      "Giulia",
      "Niccolò",
      "Chiara",
      "Alessandro",
      "Beatrice",
      "Lorenzo",
      "Noemi",
      "Davide",
      "Ilaria",
    ],
    family: [
      "Rossi",
      "Bianchi",
      "Esposito",
      "De Luca",
      "Dell’Acqua",
      "Ferrari",
      "Galli",
      "Marchetti",
      "Conti",
      "Sanfilippo",
    ],
  },
  {
    weight: 10,
    given: ["Lucía", "Íñigo", "Sofía", "Begoña", "Martín", "Joaquín"],
    family: ["García", "Muñoz", "Ibáñez", "Fernández", "Núñez de Arce", "Ordóñez"],
  },
  {
    weight: 8,
    given: ["Jürgen", "Käthe", "Björn", "Annika", "Günther", "Lieselotte"],
    family: ["Müller", "Weiß", "Schröder", "Groß", "Köhler", "von der Heide"],
  },
  {
    weight: 6,
    given: ["James", "Siobhán", "Olivia", "Harry", "Niamh", "Rhys"],
    family: ["Smith", "O’Brien", "Taylor", "MacDonald", "Evans", "Walker"],
  },
  {
    weight: 6,
    given: ["Łukasz", "Małgorzata", "Wojciech", "Zofia", "Grażyna"],
    family: ["Wójcik", "Kowalczyk", "Żak", "Dąbrowska", "Świątek"],
  },
  {
    weight: 4,
    given: ["Ömer", "Şule", "İbrahim", "Gülay", "Çağla"],
    family: ["Yılmaz", "Şahin", "Öztürk", "Çelik", "Doğan"],
  },
  {
    weight: 3,
    given: ["Γιώργος", "Ελένη", "Νίκος", "Μαρία"],
    family: ["Παπαδόπουλος", "Αντωνίου", "Οικονόμου"],
  },
  {
    weight: 3,
    given: ["Олена", "Дмитро", "Ірина", "Сергій"],
    family: ["Шевченко", "Коваленко", "Бондаренко"],
  },
  { weight: 2, given: ["محمد", "فاطمة", "يوسف", "ليلى"], family: ["الحسن", "بن علي", "المنصوري"] },
  { weight: 2, given: ["明", "伟", "芳", "秀英"], family: ["王", "李", "欧阳"], isFamilyFirst: true },
  { weight: 2, given: ["さくら", "健太", "陽子"], family: ["佐藤 ", "高橋 ", "渡辺 "], isFamilyFirst: true },
];

const WEIGHTED_CULTURES = CULTURES.map((culture) => [culture, culture.weight] as const);

const MAIL_HOSTS = [
  ["mail.example", 30],
  ["casa.example", 18],
  ["posta.example.org", 14],
  ["courriel.example.net", 12],
  ["Example.COM", 3],
  ["münchen.example", 1],
] as const;
const SPELLED: Readonly<Record<string, string>> = { ß: "ss", ł: "l", ı: "i", "’": "", " ": "" };

/**
 * Returns a person with a name from one of many languages, and an e-mail address that contains `mark`.
 * Sometimes either is missing, because Legrand may send neither.
 */
export function drawPerson(random: Random, mark: string): { name: string | null; email: string | null } {
  const { given, family, isFamilyFirst } = random.weighted(WEIGHTED_CULTURES);
  const [first, last] = [random.of(given), random.of(family)];
  const local = [first, last].map(inAddress).filter(Boolean).join(".") || "casa";
  const email = `${local}.${mark}@${random.weighted(MAIL_HOSTS)}`;
  return {
    name: random.share() < 0.02 ? null : isFamilyFirst ? `${last}${first}` : `${first} ${last}`,
    email: random.share() < 0.03 ? null : random.share() < 0.02 ? email.toUpperCase() : email,
  };
}

/** Spells a name in letters that most mail servers accept. Drops scripts other than Latin. */
function inAddress(name: string): string {
  return [...name.normalize("NFD").toLowerCase()]
    .map((letter) => SPELLED[letter] ?? letter)
    .join("")
    .replace(/[^a-z]/g, "");
}
