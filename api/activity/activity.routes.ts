import { defineHandlers } from '../http/handler.ts';
import type { ActivityService } from './activity.service.ts';

export const activityRoutes = (activity: ActivityService) =>
  defineHandlers<'listActivity'>({
    listActivity: async ({ principal, params, query: { days = 7, limit = 200, type, cursor } }) => {
      const { rows, next } = await activity.list(principal, params.id, { days, limit, type, cursor });
      return { status: 200, body: rows, headers: linkTo(params.id, { days, limit, type, cursor: next }) };
    },
  });

/** `Link` to the page that starts at the cursor; nothing on the last page. */
function linkTo(agentId: number, query: { cursor: string | undefined } & Record<string, string | number | undefined>): Record<string, string> {
  if (query.cursor === undefined) return {};
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return { Link: `</api/agents/${agentId}/activity?${new URLSearchParams(given)}>; rel="next"` };
}
