// Socket.IO alone: no sign-in, no audience, no order. Emits what it is asked to, as often as it is asked.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const times = Number(url.searchParams.get('times') ?? 1);
  const first = Number(url.searchParams.get('first') ?? 0);
  for (let n = first; n < first + times; n++) emit(n);
  response.end();
});
const io = new Server(http, { serveClient: false });
io.on('connection', (socket) => void socket.join('agents:all'));

/** The same payload and the same meta that the real event has. */
function emit(n: number): void {
  const occurredAt = new Date().toISOString();
  io.to('agents:all').emit(
    'agent_status_change',
    { agentId: 1 + (n % 500), status: n % 2 === 0 ? 'busy' : 'online', reason: `n${n}.`, timestamp: occurredAt },
    { id: '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee', seq: n, type: 'agent_status_change', occurredAt, actor: { id: 1, name: 'Ada Abbott 1' } },
  );
}

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
