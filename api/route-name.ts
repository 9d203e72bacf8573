import type { Request } from 'express';

/** The pattern of the route that answers, such as `/api/registrations/:id`: never the address itself, which may hold a token. */
export function routePattern(request: Request): string {
  const route: unknown = request.route;
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'unmatched';
}

/** Method and pattern, for the log. */
export function routeOf(request: Request): string {
  return `${request.method} ${routePattern(request)}`;
}
