// Who a route is for, where it is for roles that must be signed in.
import type { Caller } from '../domain/entitlement';

type Roles = readonly Caller['role'][];

/** The administrator of a school. */
export const SCHOOL = ['SCHOOL'] as const satisfies Roles;

/** The approvers of a district. */
export const DISTRICT = ['DISTRICT'] as const satisfies Roles;

/** The central office. */
export const CENTRAL = ['CENTRAL'] as const satisfies Roles;

/** Those who work on cases: each district, and the central office over all. */
export const OFFICES = ['DISTRICT', 'CENTRAL'] as const satisfies Roles;

/** Whoever is signed in. */
export const EVERYBODY = ['SCHOOL', 'DISTRICT', 'CENTRAL'] as const satisfies Roles;
