import type { Request } from 'express';

/**
 * The pattern of the route that answers, such as `/api/registrations/:id`: never the address itself, which may hold a
 * token (X3) and would give a metric for each case.
 */
export function routePattern(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : null;
  return path === null ? 'unmatched' : `${request.baseUrl}${path}`;
}

/** Method and pattern, for the log. */
export function routeOf(request: Request): string {
  return `${request.method} ${routePattern(request)}`;
}
