// The same list as one would write it with Express and pg alone: two queries, no sign-in, no roles, no validation.
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 20 });
const app = express();
app.disable('x-powered-by');
app.set('etag', false);

app.get('/api/agents', async (request, response) => {
  const { role, status, department } = request.query;
  const page = Number(request.query['page'] ?? 1);
  const limit = Number(request.query['limit'] ?? 20);
  const filters = [role, status === 'active', department];
  const where = 'a.role = $1 and a.is_active = $2 and a.department = $3';
  const [rows, count] = await Promise.all([
    pool.query<Record<string, unknown>>(
      `select a.id, a.username, a.email, a.role, a.is_active as "isActive", a.last_login_at as "lastLoginAt", a.created_at as "createdAt",
         a.updated_at as "updatedAt", a.full_name as "fullName", a.avatar, a.phone, a.department, a.team_id as "teamId", t.name as "teamName",
         a.joined_on::text as "joinedOn", a.online_status as "onlineStatus", a.status_reason as "statusReason", a.status_since as "statusSince",
         a.last_seen as "lastSeen", a.current_tickets as "currentTickets", a.total_tickets_handled as "totalTicketsHandled",
         a.avg_response_time::float8 as "avgResponseTime", a.customer_satisfaction::float8 as "customerSatisfaction",
         a.tickets_resolved_today as "ticketsResolvedToday", a.messages_handled_today as "messagesHandledToday",
         a.online_hours_today::float8 as "onlineHoursToday", a.performance_level as "performanceLevel", a.version
       from agents a left join teams t on t.id = a.team_id
       where ${where} order by a.full_name, a.id limit $4 offset $5`,
      [...filters, limit, (page - 1) * limit],
    ),
    pool.query<{ n: number }>(`select count(*)::int as n from agents a where ${where}`, filters),
  ]);
  const total = count.rows[0]?.n ?? 0;
  response.json({ data: rows.rows, meta: { total, page, limit, totalPages: Math.ceil(total / limit) } });
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
