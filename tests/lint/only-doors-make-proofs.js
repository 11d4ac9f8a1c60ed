import { relative } from "node:path";
import ts from "typescript";

/**
 * Files that make a proof that another file declares. A file may always make the proofs that it declares itself
 * (docs/architecture.md, Proofs are types).
 */
const DOORS = {
  "lib/connect/users/admin-user.ts": "lib/connect/auth/auth.ts",
  "lib/connect/users/signed-in-user.ts": "lib/connect/auth/auth.ts",
  "lib/legrand/accounts/legrand-account.ts": "lib/legrand/portal/session.ts",
};
/** Unit tests have no request that a door could check. */
const FACTORY = "tests/factories/make-proofs.ts";

// TypeScript names a member whose key is a `unique symbol` after that symbol.
const PROOF = /^__@proof@/;
const PROOF_OR_ID = /^__@(?:proof|brand)@/;
const MOST_NESTED = 4;

/**
 * Returns the declaring files of the proofs that a value of this type contains, in whichever form. In the members
 * of an object, only proofs count: a store may say that its rows have ids.
 */
function declaringFiles(checker, type, { depth = 0, isMember = false } = {}) {
  if (depth > MOST_NESTED) return [];
  const own = membersOf(type)
    .filter(({ escapedName }) => (isMember ? PROOF : PROOF_OR_ID).test(escapedName))
    .map(fileOf);
  if (own.length) return own;
  const next = depth + 1;
  return [
    ...partsOf(checker, type).flatMap((part) => declaringFiles(checker, part, { depth: next, isMember })),
    ...(isMember ? [] : valuesOf(checker, type)).flatMap((value) =>
      declaringFiles(checker, value, { depth: next, isMember: true }),
    ),
  ];
}

/** Returns the members of a type that this project declares. */
const membersOf = (type) => type.getProperties().filter((member) => !/node_modules|^$/.test(fileOf(member)));

const fileOf = ({ declarations }) => declarations?.[0]?.getSourceFile().fileName ?? "";

/** Returns the types of the members of an object. */
const valuesOf = (checker, type) => membersOf(type).map((member) => checker.getTypeOfSymbol(member));

/** Returns the members of a union, the elements of a collection, and what a function or a promise returns. */
function partsOf(checker, type) {
  if (type.isUnionOrIntersection()) return type.types;
  const isReference = (type.objectFlags ?? 0) & ts.ObjectFlags.Reference;
  return [
    ...(isReference ? checker.getTypeArguments(type) : []),
    ...type.getCallSignatures().map((signature) => signature.getReturnType()),
    ...[type.getStringIndexType(), type.getNumberIndexType()].filter(Boolean),
  ];
}

const isConst = ({ type, typeName }) => type === "TSTypeReference" && typeName.name === "const";

/**
 * Reports a type assertion, a type predicate or a raw query that makes a proof outside of its door. Resolves
 * aliases, unions, arrays, promises and `as never`, because it asks TypeScript for the type.
 */
export const onlyDoorsMakeProofs = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      forged:
        "This makes a proof that only {{door}} makes, after its check. Take the proof as a parameter, or call its door (docs/architecture.md, Proofs are types).",
    },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap: nodes, getTypeAtLocation } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const path = (file) => relative(context.cwd, file).replaceAll("\\", "/");
    const here = path(context.filename);

    function check(node, type) {
      const declared = type ? declaringFiles(checker, type).map(path) : [];
      const forged = declared.find((file) => ![file, DOORS[file], FACTORY].includes(here));
      if (forged) context.report({ node, messageId: "forged", data: { door: DOORS[forged] ?? forged } });
    }

    function checkAssertion(node) {
      if (isConst(node.typeAnnotation)) return;
      const type = getTypeAtLocation(node.typeAnnotation);
      const isAnything = type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Any);
      check(node, isAnything ? checker.getContextualType(nodes.get(node)) : type);
    }

    return {
      TSAsExpression: checkAssertion,
      TSTypeAssertion: checkAssertion,
      TSTypePredicate: (node) =>
        node.typeAnnotation && check(node, getTypeAtLocation(node.typeAnnotation.typeAnnotation)),
      "TaggedTemplateExpression > TSTypeParameterInstantiation": (node) =>
        node.params.forEach((param) => check(param, getTypeAtLocation(param))),
    };
  },
};
