import type { components } from '../../api/http/contract.types.ts';

type Schemas = components['schemas'];
type Me = Schemas['Me'];
export type Agent = Schemas['Agent'];
export type Role = Schemas['Role'];

export const ROLES = ['admin', 'manager', 'team_leader', 'cs', 'viewer'] as const satisfies readonly Role[];

/** Fields of a person that an administrator's page can change. */
export const PERSON_FIELDS = ['fullName', 'role', 'department', 'teamId', 'username', 'email', 'phone'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

export type Section = 'people' | 'teams' | 'templates' | 'keys';

// The server decides; these say what is worth offering (DESIGN §6).

/** The sections a person finds; none for those who administer nothing. */
export function sectionsFor(me: Me): readonly Section[] {
  switch (me.agent.role) {
    case 'admin':
      return ['people', 'teams', 'templates', 'keys'];
    case 'manager':
    case 'team_leader':
      return ['people', 'teams', 'templates'];
    case 'cs':
    case 'viewer':
      return [];
  }
}

/** Roles that one may give to others, and whose holders one may change as a whole. */
export function grantable(me: Me): readonly Role[] {
  if (me.agent.role === 'admin') return ROLES;
  return me.agent.role === 'manager' ? ['team_leader', 'cs'] : [];
}

export const managesPeople = (me: Me): boolean => grantable(me).length > 0;
export const isAdmin = (me: Me): boolean => me.agent.role === 'admin';

const leads = (me: Me, teamId: string | null): boolean => teamId !== null && me.ledTeams.some((team) => team.id === teamId);

/** What one may change about a person. */
export function editableFields(me: Me, person: Agent): readonly PersonField[] {
  if (grantable(me).includes(person.role)) return PERSON_FIELDS;
  if (person.id === me.agent.id) return ['fullName', 'phone', 'email'];
  return me.agent.role === 'team_leader' && leads(me, person.teamId) ? ['fullName', 'department', 'phone'] : [];
}

/** Whether one may deactivate and bring back a person; nobody locks themselves out. */
export const mayDeactivate = (me: Me, person: Agent): boolean => grantable(me).includes(person.role) && person.id !== me.agent.id;

/** Whether the settings of a team are one's to read and change. */
export const setsTeam = (me: Me, teamId: string): boolean => managesPeople(me) || leads(me, teamId);

/** Whether a template is one's to make and to change; null is the installation's. */
export const makesTemplate = (me: Me, teamId: string | null): boolean => managesPeople(me) || leads(me, teamId);
