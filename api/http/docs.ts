import express, { Router } from 'express';
import swaggerUi from 'swagger-ui-dist';
import type { Contract } from './contract.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sideline API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;

const START = `SwaggerUIBundle({ url: '/openapi.yaml', dom_id: '#docs', deepLinking: true, docExpansion: 'list' });`;

/** Swagger UI styles its elements inline and builds them without Trusted Types; nobody's data is on this page. */
const DOCS_CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The contract itself, and a page to read it on. */
export function docsRouter(contract: Contract): Router {
  const router = Router();
  router.get('/openapi.yaml', (_request, response) => {
    response.type('application/yaml').send(contract.yaml);
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(contract.document);
  });
  router.get('/docs', (_request, response) => {
    response.set('Content-Security-Policy', DOCS_CSP).type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  router.use('/docs/assets', express.static(swaggerUi.absolutePath(), { index: false, maxAge: '1d' }));
  return router;
}
