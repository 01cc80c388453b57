import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { components } from '../http/contract.types.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

type Board = components['schemas']['StatusBoard'];
type Person = components['schemas']['BoardPerson'];

const BY = systemPrincipal('test');
/** Stands still, so that no test runs over midnight; a real "now", so that tokens are valid. */
const NOW = new Date();
const dayAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10);

describe('the status board over HTTP', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {

    app = await startTestApp('status_board', {}, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    const call = (agentId: number, daysAgo: number, rating?: number): TestInteraction => ({
      agentId, startedAt: `${dayAgo(daysAgo)}T00:00:0${daysAgo}Z`, waitSeconds: 5, talkSeconds: 100, holdSeconds: 20, acwSeconds: 30, resolved: true,
      ...(rating === undefined ? {} : { rating }),
    });
    const rows = [call(org.agent.id, 0, 5), call(org.agent.id, 0), call(org.agent.id, 2, 3), call(org.agent.id, 2, 4), call(org.agent.id, 7, 1)];
    await app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, rows);
      await app.ctx.recomputation.markStale(tx, rows.map((row) => ({ agentId: row.agentId!, date: row.startedAt.slice(0, 10) })));
    });
    await app.ctx.recomputation.recomputeStaleDays();
    await app.settled();
  });
  after(() => app.close());

  const board = async (token: string, query = ''): Promise<Board> => (await app.request(token).get(`/api/status-board${query}`).expect(200)).body as Board;
  const names = ({ people }: Board): string[] => people.map((person) => person.fullName);
  const ada = (found: Board): Person => found.people.find(({ id }) => id === org.agent.id)!;

  it('shows people of the teams one leads, one’s own team, or everybody; of a named team whoever asks', async () => {
    expect(names(await board(org.leader.token))).to.deep.equal(['Ada Agent', 'Colin Colleague']);
    expect(names(await board(org.agent.token))).to.deep.equal(['Ada Agent', 'Colin Colleague']);
    for (const who of [org.manager, org.admin, org.viewer]) expect(names(await board(who.token))).to.deep.equal(['Ada Agent', 'Colin Colleague', 'Stella Stranger']);
    for (const who of [org.leader, org.agent, org.manager]) expect(names(await board(who.token, `?teamId=${org.otherTeam.id}`))).to.deep.equal(['Stella Stranger']);
    await app.request(org.viewer.token).get('/api/status-board?teamId=018f0000-0000-7000-8000-000000000000').expect(404);
  });

  it('leaves out who is not active, and shows a team without people as empty', async () => {
    const team = await app.people.team('Empty');
    const gone = await app.people.create('cs', { teamId: team.id });
    expect((await board(org.manager.token, `?teamId=${team.id}`)).people).to.have.length(1);
    await app.ctx.uow.write(BY, (tx) => tx.run(sql`update agents set is_active = false where id = ${gone.id}`));
    expect((await board(org.manager.token, `?teamId=${team.id.toUpperCase()}`)).people).to.deep.equal([]);
  });

  it('takes today’s figures and seven days of ratings from the rows, each with its n', async () => {
    const found = await board(org.leader.token);
    expect(found).to.include({ from: dayAgo(6), to: dayAgo(0) });
    // Three ratings in seven days, 5 3 4; the 1 of eight days ago is out. Two calls of 150 s today.
    expect(ada(found).figures).to.deep.equal({ handledToday: 2, ahtToday: 150, handleTimeN: 2, csat: 4, ratings: 3, csatDays: [null, null, null, null, 3.5, null, 5] });
    expect(found.people.find(({ id }) => id === org.colleague.id)!.figures).to.deep.equal({
      handledToday: 0, ahtToday: null, handleTimeN: 0, csat: null, ratings: 0, csatDays: [null, null, null, null, null, null, null],
    });
  });

  it('agrees with the person’s own daily rows', async () => {
    const { figures } = ada(await board(org.manager.token));
    const { body } = await app.request(org.manager.token).get(`/api/agents/${org.agent.id}/performance?from=${dayAgo(6)}&to=${dayAgo(0)}`).expect(200);
    const days = body as components['schemas']['AgentPerformanceMetrics'][];
    expect(figures!.csatDays).to.deep.equal(days.map((day) => day.customerSatisfaction));
    expect([figures!.handledToday, figures!.ahtToday]).to.deep.equal([days.at(-1)!.messagesHandled, days.at(-1)!.aht]);
  });

  it('tells thresholds to those who lead the team, and hides figures from colleagues where the team does', async () => {
    const thresholds = { awayMinutes: 7, busyMinutes: 40 };
    const statusReasons = [
      { code: 'break', label: 'Break', status: 'away' as const, thresholdMinutes: null },
      { code: 'lunch', label: 'Lunch', status: 'away' as const, thresholdMinutes: 45 },
    ];
    const settings = { ...DEFAULT_TEAM_SETTINGS, thresholds, statusReasons, peerFigures: 'hidden' as const };
    await app.request(org.leader.token).put(`/api/teams/${org.team.id}/settings`).send(settings).expect(200);
    expect((await board(org.leader.token)).teams).to.deep.equal([{ id: org.team.id, name: 'Blue', department: 'Support', thresholds, reasonThresholds: [{ label: 'Lunch', status: 'away', minutes: 45 }] }]);
    for (const who of [org.agent, org.viewer, org.otherLeader]) expect((await board(who.token, `?teamId=${org.team.id}`)).teams[0]).to.include({ thresholds: null }).and.to.deep.include({ reasonThresholds: [] });
    const seenByColleague = await board(org.colleague.token);
    expect(ada(seenByColleague).figures).to.equal(null);
    expect(seenByColleague.people.find(({ id }) => id === org.colleague.id)!.figures).to.not.equal(null);
    expect(ada(await board(org.agent.token)).figures).to.not.equal(null);
    for (const who of [org.viewer, org.leader, org.manager]) expect(ada(await board(who.token, `?teamId=${org.team.id}`)).figures).to.not.equal(null);
  });

  it('follows a status at once', async () => {
    await app.request(org.leader.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'away', reason: 'Lunch' }).expect(200);
    expect(ada(await board(org.viewer.token))).to.include({ onlineStatus: 'away', statusReason: 'Lunch', department: 'Support', teamName: 'Blue' });
  });
});
