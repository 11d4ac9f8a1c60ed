import { HOME_CONTROL_SCHEMAS } from "#lib/legrand/smarther/openapi/home-control/schemas.ts";
import { SCHEMAS } from "#lib/legrand/smarther/openapi/schemas.ts";
import type { Schema } from "#lib/legrand/smarther/openapi/openapi.ts";

/** One member of a body: where it stands (`plants[].id`), what may stand there, and what it means. */
export type ShapeRow = { path: string; type: string; isRequired: boolean; description: string };

/** The members of a body that has that schema, outer ones first: what a table shows of it. */
export function describeShape(schema: Schema): ShapeRow[] {
  return rowsOf(resolve(schema), "", true);
}

function rowsOf(schema: Schema, path: string, isRequired: boolean): ShapeRow[] {
  // Its members tell of an object.
  const own =
    path && schema.type !== "object"
      ? [{ path, type: typeOf(schema), isRequired, description: schema.description ?? "" }]
      : [];
  // Of several forms of a body each has its members, and none of them is always there.
  if (schema.oneOf)
    return schema.oneOf
      .flatMap((one) => rowsOf(resolve(one), path, false))
      .map((row) => ({ ...row, isRequired: false }));
  if (schema.items) return [...own, ...membersOf(resolve(schema.items), `${path}[]`)];
  return [...own, ...membersOf(schema, path)];
}

function membersOf({ properties = {}, required = [] }: Schema, path: string): ShapeRow[] {
  return Object.entries(properties).flatMap(([name, member]) =>
    rowsOf(resolve(member), path ? `${path}.${name}` : name, required.includes(name)),
  );
}

/** In words: the values themselves where they are few, else the type with its format or its range. */
function typeOf({ type = "object", enum: values, format, items, minimum, maximum, pattern }: Schema): string {
  if (values) return values.map(String).join(" | ");
  if (items) return `list of ${resolve(items).type!}s`;
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  return format ? `${type} (${format})` : pattern ? `${type} (a number)` : type;
}

/** The schema itself where it is only named. */
function resolve(schema: Schema): Schema {
  const { $ref, ...beside } = schema;
  return $ref ? { ...{ ...SCHEMAS, ...HOME_CONTROL_SCHEMAS }[$ref.split("/").at(-1)!]!, ...beside } : schema;
}
