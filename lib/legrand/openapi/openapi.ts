/** The part of JSON Schema (2020-12) that the document uses (OpenAPI 3.1, §4.8.24). */
export type Schema = {
  $ref?: string;
  type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: readonly (string | number)[];
  oneOf?: Schema[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
};

/** A parameter in the path (OpenAPI 3.1, §4.8.12). The API has no other parameters. */
export type Parameter = {
  name: string;
  in: "path";
  required: true;
  description: string;
  schema: Schema;
  example: string;
};

/** A header of an answer. */
export type Header = { description: string; schema: Schema };

/** Content of a request or an answer: always JSON, and a form if the request accepts one. */
export type Content = {
  "application/json": { schema: Schema; examples: Record<string, Example> };
  "application/x-www-form-urlencoded"?: { schema: Schema };
};

/** One example, with a summary that distinguishes it from the others. */
export type Example = { summary: string; value: unknown };

/** One answer of an operation (OpenAPI 3.1, §4.8.17). A 204 has no content. */
export type DocumentedAnswer = { description: string; headers?: Record<string, Header>; content?: Content };

/** The methods that the API has, as OpenAPI spells them. */
export type Method = "get" | "post" | "delete";

/** One operation (OpenAPI 3.1, §4.8.10). */
export type Operation = {
  operationId: string;
  /**
   * In the imperative, without a full stop, because the scopes step of the wizard shows it in the middle of a
   * sentence.
   */
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { description: string; required: true; content: Content };
  responses: Record<string, DocumentedAnswer>;
  /** Everything in one entry is required together: the scope and the key. */
  security: [{ legrand: [string]; subscriptionKey: [] }];
  callbacks?: Record<string, Record<string, { post: CallbackOperation }>>;
};

/** A request that the API itself sends to a subscriber. */
export type CallbackOperation = {
  summary: string;
  description: string;
  requestBody: { required: true; content: Content };
  responses: Record<string, { description: string }>;
};

/** Operations by path and method. */
export type Paths = Record<string, Partial<Record<Method, Operation>>>;
