const answer = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });

/** Says that the process answers, and touches nothing else: neither database nor session. */
export const GET = answer;

/** As GET: what a POST to the smallest possible handler costs (tests/bench). */
export const POST = answer;
