import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'yaml';

import { METRICS } from './metric-definitions.ts';
import { DEFAULT_TEAM_SETTINGS, resolveTeamSettings, SIGNAL_CODES, TARGET_METRICS, thresholdMinutes, validateTeamSettings, type TeamSettings } from './team-settings.ts';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, ObjectSchema & { readonly default?: unknown }>>;
}
const { schemas } = parse(readFileSync(new URL('performance.openapi.yaml', import.meta.url), 'utf8')) as { schemas: { TeamSettings: ObjectSchema; SignalCode: { enum: string[] } } };

describe('Team settings', () => {
  const withWeights = (weights: Partial<TeamSettings['weights']>): TeamSettings => ({ ...DEFAULT_TEAM_SETTINGS, weights: { ...DEFAULT_TEAM_SETTINGS.weights, ...weights } });

  it('have defaults that fit the contract and are the contract’s', () => {
    const validate = new Ajv2020({ strict: false }).compile({ ...schemas.TeamSettings, schemas });
    expect(validate(DEFAULT_TEAM_SETTINGS), JSON.stringify(validate.errors)).to.equal(true);
    const { targets, weights, firstResponseSeconds, thresholds, ...rest } = schemas.TeamSettings.properties;
    const defaults = (schema: ObjectSchema) => Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, value.default]));
    expect(defaults(targets!)).to.deep.equal(DEFAULT_TEAM_SETTINGS.targets);
    expect(defaults(weights!)).to.deep.equal(DEFAULT_TEAM_SETTINGS.weights);
    expect(defaults(firstResponseSeconds!)).to.deep.equal(DEFAULT_TEAM_SETTINGS.firstResponseSeconds);
    expect(defaults(thresholds!)).to.deep.equal(DEFAULT_TEAM_SETTINGS.thresholds);
    for (const key of ['cadenceDays', 'serviceLevelSeconds', 'peerFigures'] as const) expect(rest[key]!.default).to.equal(DEFAULT_TEAM_SETTINGS[key]);
    expect(schemas.SignalCode.enum).to.deep.equal([...SIGNAL_CODES]);
  });

  it('set targets only for metrics with a good and a bad side', () => {
    for (const metric of TARGET_METRICS) expect(METRICS[metric].direction, metric).to.not.equal('neutral');
  });

  it('have weights that sum to 100', () => {
    expect(validateTeamSettings(DEFAULT_TEAM_SETTINGS)).to.deep.equal([]);
    expect(validateTeamSettings(withWeights({ notes: 0.1, trend: 24.9 }))).to.deep.equal([]);
    const [violation] = validateTeamSettings(withWeights({ notes: 13 }));
    expect(violation).to.deep.equal({ path: '/weights', code: 'weights_total', message: 'The weights sum to 101; they must sum to 100.' });
  });

  it('name every reason once', () => {
    const [first] = DEFAULT_TEAM_SETTINGS.statusReasons;
    const codes = (statusReasons: TeamSettings['statusReasons']) => validateTeamSettings({ ...DEFAULT_TEAM_SETTINGS, statusReasons }).map((violation) => violation.message);
    expect(codes([first!, { ...first!, label: 'Other' }])).to.deep.equal(['There are two reasons with the code break.']);
    expect(codes([first!, { ...first!, code: 'other', label: ' BREAK' }])).to.deep.equal(['There are two reasons of the same name (away: break).']);
    expect(codes([first!, { ...first!, code: 'other', status: 'busy' }])).to.deep.equal([]);
  });

  it('measure a status by its reason, where that has a threshold of its own', () => {
    const minutes = (status: string, code: string | null) => thresholdMinutes(DEFAULT_TEAM_SETTINGS, status, code);
    expect([minutes('away', null), minutes('away', 'break'), minutes('away', 'lunch'), minutes('busy', 'lunch'), minutes('online', null)]).to.deep.equal([15, 15, 60, 30, null]);
  });

  it('fill what was never stored with defaults', () => {
    expect(resolveTeamSettings(null)).to.equal(DEFAULT_TEAM_SETTINGS);
    expect(resolveTeamSettings({ serviceLevelSeconds: 30, targets: { csat: 4.1 } as TeamSettings['targets'] })).to.deep.equal({
      ...DEFAULT_TEAM_SETTINGS, serviceLevelSeconds: 30, targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4.1 },
    });
  });
});
