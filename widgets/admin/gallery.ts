import type { components } from '../../api/http/contract.types.ts';
import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { find, press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

type Schemas = components['schemas'];

const paged = <T>(data: T[], limit = 25): { data: T[]; meta: Schemas['PageMeta'] } => ({ data, meta: { total: data.length, page: 1, limit, totalPages: data.length ? 1 : 0 } });

const team = (id: string, name: string, memberCount: number): Schemas['Team'] => ({
  id, name, department: 'Support', isActive: true, leaders: [{ id: 900, name: 'Ruth Adeyemi' }], memberCount, createdAt: '2025-02-01T08:00:00Z', updatedAt: '2026-10-01T08:00:00Z', version: 2,
});
const teams = [team(fixtures.TEAM, 'Billing', 12), team('01890000-0000-7000-8000-000000000002', 'Technical support', 6)];

const settings: Schemas['TeamSettings'] = {
  targets: { csat: 4.4, slaCompliance: 90, avgResponseTime: 1, aht: 420, fcr: 0.75, resolutionRate: 0.85, sentiment: 0 },
  weights: { 'gap.csat': 20, 'gap.slaCompliance': 10, 'gap.avgResponseTime': 5, 'gap.aht': 5, 'gap.fcr': 8, 'gap.resolutionRate': 4, trend: 13, notes: 12, overdueActions: 7, cadence: 10, sentiment: 6 },
  cadenceDays: 28, requestDays: 3, acknowledgementDays: 5, disputeDays: 5, serviceLevelSeconds: 20, firstResponseSeconds: { chat: 60, email: 14_400, ticket: 28_800, message: 300 }, thresholds: { awayMinutes: 15, busyMinutes: 30 },
  statusReasons: fixtures.statusReasons.reasons, peerFigures: 'visible',
};
const state = (version: number, change: Partial<Schemas['TeamSettings']> = {}): Schemas['TeamSettingsState'] => ({
  teamId: fixtures.TEAM, version, settings: { ...settings, ...change }, updatedAt: '2026-11-20T10:29:00Z', updatedBy: { id: 902, name: 'Victor Lindqvist' },
});

const key = (id: number, change: Partial<Schemas['ApiKey']>): Schemas['ApiKey'] => ({
  id: `01890000-0000-7000-c000-${String(id).padStart(12, '0')}`, name: 'Zendesk webhook', prefix: 'sl_live_4fT9aQx2', scopes: ['interactions:write', 'presence:write'], status: 'active',
  createdAt: '2026-09-01T08:00:00Z', createdBy: { id: 901, name: 'Ines Castellano' }, expiresAt: null, lastUsedAt: '2026-11-20T10:24:00Z', revokedAt: null, ...change,
});
const keys = [key(1, {}), key(2, { name: 'Reporting', scopes: ['performance:read'], expiresAt: '2027-01-31T00:00:00Z', lastUsedAt: null }), key(3, { name: 'Old dialler', status: 'revoked', lastUsedAt: '2026-03-02T10:00:00Z' })];

const template = (id: number, change: Partial<Schemas['CoachingTemplate']>): Schemas['CoachingTemplate'] => ({
  id: `01890000-0000-7000-d000-${String(id).padStart(12, '0')}`, kind: 'session', name: 'Monthly', description: 'Once a month, with everybody.', teamId: null, teamName: null, durationMinutes: 45,
  agenda: [{ title: 'What went well', detail: null }, { title: 'Two calls heard together', detail: 'One that went well, one that did not.' }], focusMetrics: ['csat', 'fcr'], noteType: null, category: null, text: null,
  createdBy: { id: 902, name: 'Victor Lindqvist' }, createdAt: '2026-03-02T10:00:00Z', updatedAt: '2026-10-02T10:00:00Z', version: 2, ...change,
});
const templates = [
  template(1, {}), template(2, { kind: 'agenda', name: 'After a complaint', teamId: fixtures.TEAM, teamName: 'Billing', durationMinutes: null, focusMetrics: [], agenda: [{ title: 'What the customer asked for', detail: null }] }),
  template(3, { kind: 'note', name: 'Too long on hold', description: null, durationMinutes: null, agenda: [], focusMetrics: [], noteType: 'COACHING', category: 'Hold time', text: 'Left somebody on hold without saying why.' }),
];

const refuse = (status: number, detail: string, details: CannedProblem['details'] = []) => (): never => {
  throw new CannedProblem(status, detail, details);
};

/** Somebody else saves between reading and saving: the first save is refused, and the settings have moved on. */
function overtaken(): GalleryEntry['answers'] {
  let saved = false;
  return {
    'GET /api/teams/{id}/settings': () => (saved ? state(2, { cadenceDays: 21, targets: { ...settings.targets, csat: 4.6 } }) : state(1)),
    'PUT /api/teams/{id}/settings': () => {
      saved = true;
      throw new CannedProblem(412, 'It has changed since you read it.');
    },
  };
}

export const gallery: GalleryEntry = {
  widget: 'sideline-admin',
  title: 'Administration',
  load: () => import('./admin.ts'),
  person: 'admin',
  answers: {
    'GET /api/agents': ({ query }) => {
      const search = (query.get('search') ?? '').toLowerCase();
      return paged(fixtures.floor.filter(({ fullName }) => fullName.toLowerCase().includes(search)));
    },
    'POST /api/agents': refuse(409, 'Somebody has this user name already.', [{ path: '/body/username', message: 'is taken' }]),
    'GET /api/agents/departments': () => ({ data: [{ name: 'Support', agents: 18, active: 18 }] }),
    'PUT /api/agents/bulk': () => ({ success: false, updated: 1, errors: ['2: You may not change these fields of this person.'] }),
    'GET /api/agents/{id}': ({ path }) => fixtures.agent(Number(path[0])),
    'PUT /api/agents/{id}': ({ path, body }) => ({ ...fixtures.agent(Number(path[0])), ...(body as object), version: 2 }),
    'GET /api/agents/{id}/identities': ({ path }) => ({ data: [{ id: fixtures.TEAM, agentId: Number(path[0]), system: 'zendesk', externalId: '4711', displayName: 'amara.o', createdAt: '2026-09-01T08:00:00Z' }] }),
    'GET /api/teams': () => paged(teams, 100),
    'GET /api/teams/{id}/members': () => paged(fixtures.floor.slice(0, 12), 100),
    'GET /api/teams/{id}/settings': () => state(1),
    'PUT /api/teams/{id}/settings': ({ body }) => state(2, body as Partial<Schemas['TeamSettings']>),
    'GET /api/teams/{id}': ({ path }) => teams.find(({ id }) => id === path[0]) ?? teams[0],
    'GET /api/coaching-templates': () => paged(templates, 100),
    'GET /api/coaching-templates/{id}': ({ path }) => templates.find(({ id }) => id === path[0]) ?? templates[0],
    'PUT /api/coaching-templates/{id}': ({ path, body }) => ({ ...(templates.find(({ id }) => id === path[0]) ?? templates[0]), ...(body as object), version: 3 }),
    'POST /api/coaching-templates': refuse(409, 'There is a template of this kind and name already.', [{ path: '/body/name', message: 'is taken' }]),
    'GET /api/keys': () => paged(keys),
    'POST /api/keys': ({ body }) => ({ ...key(9, body as Partial<Schemas['ApiKey']>), key: 'sl_live_4fT9aQx2example0example0example0example0' }),
  },
  states: {
    populated: { shows: 'Amara Okafor' },
    empty: { shows: 'Nobody is here yet.', answers: { 'GET /api/agents': () => paged([]) } },
    forbidden: { shows: 'This is not open to your role.', person: 'cs', network: 'answers' },
  },
  more: {
    person: { shows: 'since 1 Feb 2024', attributes: { open: '1' } },
    'person-new': { shows: 'First password', attributes: { open: 'new' } },
    'fields-refused': {
      shows: 'User name is taken.',
      attributes: { open: 'new' },
      play: async (admin) => {
        for (const [field, text] of [['fullName', 'Amara Okafor'], ['department', 'Support'], ['username', 'agent1'], ['email', 'amara@example.test'], ['password', 'Correct-Horse-1']] as const) await type(admin, `#f-${field}`, text);
        await press(admin, 'form .primary');
      },
    },
    bulk: {
      shows: '1 changed, 1 not changed',
      play: async (admin) => {
        await press(admin, 'li:nth-of-type(1) .pick input');
        await press(admin, 'li:nth-of-type(2) .pick input');
        await type(admin, 'sideline-admin-bulk input[type="text"], .bulk input', 'Care');
        await press(admin, '.bulk .primary');
      },
    },
    'unsaved-changes': {
      shows: 'Leave this?',
      attributes: { open: '1' },
      play: async (admin) => {
        await type(admin, '#f-phone', '+44 20 7946 0000');
        await press(admin, '#tab-teams');
      },
    },
    teams: { shows: 'Technical support', attributes: { section: 'teams' } },
    team: { shows: 'Active team leaders, managers and administrators.', attributes: { section: 'teams', open: fixtures.TEAM } },
    settings: { shows: '100 of 100 points given.', person: 'team_leader', attributes: { section: 'teams', open: fixtures.TEAM } },
    'weights-off': {
      shows: '107 of 100 points given; 7 too many.',
      person: 'team_leader',
      attributes: { section: 'teams', open: fixtures.TEAM },
      play: (admin) => type(admin, '#f-weights-trend', '20'),
    },
    'settings-overtaken': {
      shows: 'Victor Lindqvist changed this meanwhile',
      person: 'team_leader',
      attributes: { section: 'teams', open: fixtures.TEAM },
      answers: overtaken(),
      play: async (admin) => {
        await type(admin, '#f-cadenceDays', '14');
        await press(admin, '.save .primary');
        await find(admin, '.clash');
      },
    },
    templates: { shows: 'After a complaint', attributes: { section: 'templates' } },
    'templates-empty': { shows: 'There are no templates yet.', attributes: { section: 'templates' }, answers: { 'GET /api/coaching-templates': () => paged([]) } },
    template: { shows: 'made by Victor Lindqvist', attributes: { section: 'templates', open: templates[0]?.id ?? '' } },
    'template-of-a-note': { shows: 'Text', attributes: { section: 'templates', open: templates[2]?.id ?? '' } },
    'template-locked': { shows: 'Templates for everybody are managers’', person: 'team_leader', attributes: { section: 'templates', open: templates[0]?.id ?? '' } },
    'template-refused': {
      shows: 'Name is taken.',
      attributes: { section: 'templates', open: 'new' },
      play: async (admin) => {
        await type(admin, '#f-name', 'Monthly');
        await press(admin, '.save .primary');
      },
    },
    keys: { shows: 'Zendesk webhook', attributes: { section: 'keys' } },
    'keys-empty': { shows: 'There are no keys yet.', attributes: { section: 'keys' }, answers: { 'GET /api/keys': () => paged([]) } },
    'key-made': {
      shows: 'Copy it now: it is shown this once',
      attributes: { section: 'keys', open: 'new' },
      play: async (admin) => {
        await type(admin, '#f-name', 'Zendesk webhook');
        await press(admin, 'input[value="interactions:write"]');
        await press(admin, 'form .primary');
        await find(admin, '.once');
      },
    },
  },
};
