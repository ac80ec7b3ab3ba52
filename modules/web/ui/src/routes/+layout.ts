// The page is one shell that asks the API; nothing is rendered on a server.
export const ssr = false;
export const prerender = false;
