// What no request may hold, whatever its schema says: text that PostgreSQL cannot store, names that programs trip over, and
// nesting without end.
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { isStorable } from '../domain/storable-text';

/** Far more than any request of ours needs. */
const DEEPEST = 20;
const TRAPS = new Set(['__proto__', 'constructor', 'prototype']);

/** @throws Refused VALIDATION that names the places */
export function refuseUnusable(raw: unknown): void {
  const errors = unusableParts(raw, [], []);
  if (errors.length > 0) throw new Refused('VALIDATION', { errors });
}

/** Adds what is unusable in `raw` to `found`; stops at a depth where nothing of ours is. */
function unusableParts(raw: unknown, path: readonly string[], found: BrokenRule[]): BrokenRule[] {
  if (typeof raw === 'string' && !isStorable(raw)) found.push(broken(path, 'INVALID'));
  if (typeof raw !== 'object' || raw === null || raw instanceof Uint8Array) return found;
  if (path.length >= DEEPEST) {
    found.push(broken([], 'INVALID'));
    return found;
  }
  for (const [name, value] of Object.entries(raw)) {
    if (TRAPS.has(name) || !isStorable(name)) found.push(broken(path, 'UNKNOWN_FIELD'));
    else unusableParts(value, [...path, name], found);
  }
  return found;
}

function broken(path: readonly string[], code: BrokenRule['code']): BrokenRule {
  return {
    path: path.join('.'),
    code,
    message: 'มีส่วนที่ระบบรับไม่ได้ โปรดพิมพ์ใหม่แล้วส่งอีกครั้ง / This holds something that cannot be taken. Type it again and send.',
  };
}
