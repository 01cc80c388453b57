import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentTemplate } from './template.presenter.ts';
import type { TemplatesService } from './templates.service.ts';

export type TemplatesOperations =
  | 'listCoachingTemplates' | 'createCoachingTemplate' | 'getCoachingTemplate' | 'updateCoachingTemplate' | 'deleteCoachingTemplate';

export const templatesRoutes = (templates: TemplatesService) =>
  defineHandlers<TemplatesOperations>({
    listCoachingTemplates: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await templates.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map(presentTemplate), meta: pageMeta(total, page, limit) } };
    },
    createCoachingTemplate: async ({ principal, body }) => {
      const template = await templates.create(principal, body);
      return { status: 201, body: presentTemplate(template), headers: { ...etag(template.version), Location: `/api/coaching-templates/${template.id}` } };
    },
    getCoachingTemplate: async ({ principal, params }) => {
      const template = await templates.get(principal, params.id);
      return { status: 200, body: presentTemplate(template), headers: etag(template.version) };
    },
    updateCoachingTemplate: async ({ principal, params, body, headers }) => {
      const template = await templates.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentTemplate(template), headers: etag(template.version) };
    },
    deleteCoachingTemplate: async ({ principal, params }) => {
      await templates.remove(principal, params.id);
      return { status: 204, body: undefined };
    },
  });
