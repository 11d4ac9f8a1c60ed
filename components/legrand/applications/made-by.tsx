/** Who makes an application and where its web site is; the link is the host alone. */
export function MadeBy({ vendor, url }: { vendor: string; url: string }) {
  // A javascript: address would run here, so only the web's own schemes become a link.
  const parsed = URL.parse(url);
  const isWeb = parsed && /^https?:$/.test(parsed.protocol);
  return (
    <>
      Made by {vendor}
      {isWeb && (
        <>
          {" · "}
          <a href={url} target="_blank" rel="noopener noreferrer">
            {parsed.host}
          </a>
        </>
      )}
    </>
  );
}
