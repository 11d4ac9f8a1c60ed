/**
 * Answers at the base of an API, which is not an operation. Says where the operations are described, for
 * programs and for people (RFC 8631).
 */
export function answerBase(issuer: string, name = "Smarther API v2.0"): Response {
  const [document, catalogue] = [`${issuer}/apis/openapi.json`, `${issuer}/apis`];
  return Response.json(
    { name, openapi: document, documentation: catalogue },
    {
      headers: {
        link: `<${document}>; rel="service-desc"; type="application/json", <${catalogue}>; rel="service-doc"; type="text/html"`,
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=300",
      },
    },
  );
}
