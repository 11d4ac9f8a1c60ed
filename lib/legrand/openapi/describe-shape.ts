import { HOME_CONTROL_SCHEMAS } from "#lib/legrand/openapi/home-control-schemas.ts";
import { SCHEMAS } from "#lib/legrand/openapi/smarther-schemas.ts";
import type { Schema } from "#lib/legrand/openapi/openapi.ts";

/** One member of a body: its path (`plants[].id`), its type, and what it means. */
export type ShapeRow = { path: string; type: string; isRequired: boolean; description: string };

/** Lists the members of a body with that schema for a table, outer ones first. */
export function describeShape(schema: Schema): ShapeRow[] {
  return rowsOf(resolve(schema), "", true);
}

function rowsOf(schema: Schema, path: string, isRequired: boolean): ShapeRow[] {
  // An object has no row of its own, because its members describe it.
  const own =
    path && schema.type !== "object"
      ? [{ path, type: typeOf(schema), isRequired, description: schema.description ?? "" }]
      : [];
  // If a body has several forms, the members of each are listed, and none of them is required.
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

/**
 * Describes the type in words: the values themselves if it is an enumeration, otherwise the type with its
 * format or range.
 */
function typeOf({ type = "object", enum: values, format, items, minimum, maximum, pattern }: Schema): string {
  if (values) return values.map(String).join(" | ");
  if (items) return `list of ${resolve(items).type!}s`;
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  return format ? `${type} (${format})` : pattern ? `${type} (a number)` : type;
}

/** Returns the schema that a reference names, or the schema itself if it is not a reference. */
function resolve(schema: Schema): Schema {
  const { $ref, ...beside } = schema;
  return $ref ? { ...{ ...SCHEMAS, ...HOME_CONTROL_SCHEMAS }[$ref.split("/").at(-1)!]!, ...beside } : schema;
}
