/**
 * A part of the address that a route's path names: of `/api/schools/:code` the `code`.
 * @param params as the path was matched
 * @throws Error for a name that the path does not have, which is a slip of ours and nothing that a caller sent
 */
export function param(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no ":${name}" in its path`);
  return value;
}
