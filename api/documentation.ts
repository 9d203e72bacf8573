// GET /api/openapi.json and /api/docs: the page is swagger-ui, served from here and without inline scripts.
import { dirname, join } from 'node:path';
import express, { type Router } from 'express';
import { PROJECT_ROOT } from '../project-root';
import { openApiDocument } from './openapi';

// Its own entry point would load the whole page's script, half a second at each start.
const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="th">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>DPA registrar API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/page/start.js"></script></body>
</html>`;

/** The documentation, for people and for programs. */
export function documentation(publicUrl: string): Router {
  const router = express.Router();
  const document = openApiDocument(publicUrl);
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.use('/api/docs/page', express.static(join(PROJECT_ROOT, 'api', 'docs'), { index: false }));
  router.use('/api/docs', express.static(SWAGGER_UI, { index: false }));
  return router;
}
