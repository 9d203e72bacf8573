// The OpenAPI 3.1 document, from the schemas that parse: what other programs rely on. Its schemas are JSON Schema 2020-12, as zod writes it.
import { z } from 'zod';
import { sessionCookie } from '../commands/session-cookie';
import { REFUSALS, type RefusalCode } from '../domain/refusal';
import { type MountedRoute, NONE } from './route';
import { ROUTES } from './routes';
import { problem } from './schemas';

type Json = Record<string, unknown>;

/** A schema without references: those that zod makes (`#/$defs/…`) would point nowhere inside the document. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _draft, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'throw', reused: 'inline' });
  return inPlace({ ...rest }, { ...$defs });
}

/** The schema with every named one in the place that refers to it; schemas of ours do not contain themselves. */
function inPlace(schema: Json, named: Json): Json {
  const { $ref: reference, ...own } = schema;
  const target = typeof reference === 'string' ? named[reference.replace('#/$defs/', '')] : undefined;
  const whole: Json = { ...(isObject(target) ? target : {}), ...own };
  return Object.fromEntries(Object.entries(whole).map(([name, part]) => [name, partInPlace(part, named)]));
}

function partInPlace(part: unknown, named: Json): unknown {
  if (Array.isArray(part)) return part.map((item) => partInPlace(item, named));
  return isObject(part) ? inPlace(part, named) : part;
}

function isObject(part: unknown): part is Json {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

const pathOf = ({ path }: MountedRoute) => path.replace(/:(\w+)/g, '{$1}');

/** The document for a service under `publicUrl`. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTES) paths[pathOf(route)] = { ...paths[pathOf(route)], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'DPA registrar',
      version: '1.0.0',
      description:
        'ทะเบียนผู้ดูแลระบบของสถานศึกษาในระบบ DPA / Registers the administrator of each school in DPA. Errors are application/problem+json with a code.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie({ publicUrl }).name },
        trackingToken: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: jsonSchema(problem, 'output') },
    },
  };
}

function operation(route: MountedRoute): Json {
  return {
    summary: route.summary,
    operationId: `${route.method}${route.path.replace(/\/api|:/g, '').replace(/[/-](\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    security: security(route),
    parameters: [...pathParameters(route), ...queryParameters(route), ...keyParameter(route)],
    ...requestBody(route),
    responses: { ...answers(route), ...refusals(route) },
  };
}

function security({ who }: MountedRoute): Json[] {
  if (who === 'anyone') return [];
  if (who === 'registrant') return [{ trackingToken: [] }];
  return who === 'case' ? [{ session: [] }, { trackingToken: [] }] : [{ session: [] }];
}

function pathParameters({ path }: MountedRoute): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: MountedRoute): Json[] {
  if (!(query instanceof z.ZodObject)) return [];
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schema instanceof z.ZodType ? jsonSchema(schema, 'input') : {},
  }));
}

function keyParameter({ idempotent }: MountedRoute): Json[] {
  return idempotent ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } }] : [];
}

function requestBody({ body, documentedBody, multipart }: MountedRoute): Json {
  const schema = documentedBody ?? body;
  if (schema === NONE) return {};
  const type = multipart ? 'multipart/form-data' : 'application/json';
  return { requestBody: { required: true, content: { [type]: { schema: jsonSchema(schema, 'input') } } } };
}

function answers(route: MountedRoute): Json {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { description, schema, types = [] }]) => {
      const content = {
        ...(schema && { 'application/json': { schema: jsonSchema(schema, 'output') } }),
        ...Object.fromEntries(types.map((type) => [type, {}])),
      };
      return [status, { description, ...(Object.keys(content).length > 0 && { content }) }];
    }),
  );
}

/** What the parser and the service as a whole may answer on every route. */
const ALWAYS: readonly RefusalCode[] = ['INTERNAL', 'UNAVAILABLE'];
const WITH_BODY: readonly RefusalCode[] = ['MALFORMED', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'CROSS_SITE'];

function refusals(route: MountedRoute): Json {
  const codes = [...(route.refusals ?? []), ...ALWAYS, ...(route.method === 'get' ? [] : WITH_BODY), ...(route.idempotent ? IDEMPOTENT : [])];
  const byStatus = grouped(codes);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      { description: [...new Set(list)].join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  );
}

const IDEMPOTENT: readonly RefusalCode[] = ['IDEMPOTENCY_KEY_REUSED'];

function grouped(codes: readonly RefusalCode[]): Map<number, RefusalCode[]> {
  const groups = new Map<number, RefusalCode[]>();
  for (const code of codes) groups.set(REFUSALS[code].status, [...(groups.get(REFUSALS[code].status) ?? []), code]);
  return groups;
}
