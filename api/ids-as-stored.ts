import type { NextFunction, Request, Response } from 'express';
import { isUuid } from '../domain/uuid';

/**
 * IDs in addresses as rows have them, however their letters were typed: PostgreSQL finds either, while subjects of the audit and IDs
 * of workflows are texts.
 */
export function idsAsStored(request: Request, _response: Response, next: NextFunction): void {
  const [path = '', ...query] = request.url.split('?');
  request.url = [path.split('/').map(asStored).join('/'), ...query].join('?');
  next();
}

function asStored(part: string): string {
  const text = decoded(part);
  return isUuid(text) ? text.toLowerCase() : part;
}

/** What cannot be decoded is Express's to refuse. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
