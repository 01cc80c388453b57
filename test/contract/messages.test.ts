import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { loadContract } from '../../api/http/contract.ts';
import { ContractValidator } from '../../api/http/validator.ts';
import { SentVersions } from '../../api/realtime/sent-versions.ts';
import { socketHandlers } from '../../api/socket-handlers.ts';

interface Message {
  readonly summary: string;
  readonly twin?: string;
  readonly example: Record<string, unknown>;
}

const contract = loadContract();
const messages = contract.document['x-messages'] as Record<string, Message>;
/** The gateway's own: it has no twin. */
const RESUME = 'resume';

describe('The messages of the contract', () => {
  it('are those that are listened to', () => {
    expect(Object.keys(messages).sort()).to.deep.equal([RESUME, ...socketHandlers.map(({ event }) => event)].sort());
  });

  it('are in the guide for whoever writes a client, with every event', async () => {
    const guide = await readFile(new URL('../../docs/websocket-guide.md', import.meta.url), 'utf8');
    const events = Object.keys(contract.document['webhooks'] as object);
    expect([...Object.keys(messages), ...events].filter((name) => !guide.includes(`\`${name}\``))).to.deep.equal([]);
  });

  for (const handler of socketHandlers) {
    it(`have an example of ${handler.event} that its twin takes`, () => {
      const { example, twin } = messages[handler.event] ?? expect.fail('not in the contract');
      if ('leaves' in handler) return void handler.leaves(example);
      expect(twin).to.equal(handler.twin);
      const { params: given = {}, body } = handler.toRequest(example, new SentVersions());
      const params = { ...given, ...handler.forCaller?.({ ...systemPrincipal('test'), agentId: 12 }, given) };
      ContractValidator.of(contract).operation(handler.twin).request({ params, query: {}, headers: {}, body });
    });
  }
});
