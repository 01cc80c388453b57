import type { Role } from '../../api/auth/principal.ts';
import type { OperationId } from '../../api/http/handler.ts';
import type { Call } from '../harness/calls.ts';
import type { TestPerson } from '../harness/people.ts';
import type { Relation, World } from '../harness/world.ts';

export type MakeCall = (world: World) => Call | Promise<Call>;

/** What is known of one operation; refusals that every operation shares are derived from the contract. */
export interface OperationScenarios {
  /** A request that fits the contract and does what the operation is for. Called again, it makes another one. */
  readonly valid: MakeCall;
  /** Where `valid` is well formed but cannot succeed in an installation with people in it. */
  readonly validGives?: number;
  /** The statuses that need a story of their own. */
  readonly cases?: readonly Case[];
  /** Where rows or rules depend on who is asked about. */
  readonly about?: About;
  /** For lists that are limited to the caller's scope. */
  readonly list?: ScopedList;
}

export interface Case {
  readonly status: number;
  readonly when: string;
  readonly request: MakeCall;
}

/** The same request, aimed at somebody. */
export interface About {
  /** @param by who is going to ask; the maker itself works as the system */
  readonly request: (world: World, subject: { readonly id: number; readonly teamId: string }, by: TestPerson) => Omit<Call, 'as'> | Promise<Omit<Call, 'as'>>;
  /** Where the answer is not what the scope says: the status, or undefined for the rule. */
  readonly except?: (role: Role, relation: Relation) => number | undefined;
}

/** A list whose rows are each about a person. */
export interface ScopedList {
  /** Puts a row about the person into the list. */
  readonly add: (world: World, agentId: number) => Promise<unknown>;
  /** Whom the rows of an answer are about: parsed JSON, or the text of what is none. */
  readonly peopleIn: (body: unknown) => readonly number[];
  /** Asks for a page that is large enough for everything there is. */
  readonly query: Readonly<Record<string, string | number>>;
  /** Where the list is one of several. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The scenarios of a room's operations, by operationId. */
export type Scenarios = Partial<Readonly<Record<OperationId, OperationScenarios>>>;

export const uuidOfNobody = '018f0000-0000-7000-8000-000000000000';
export const personOfNobody = 2_147_483_647;
