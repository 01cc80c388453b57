import { loadContract } from './contract.ts';
import { ContractValidator } from './validator.ts';

/** Faults of fields by a schema of the contract, as `POST` would name them. */
export type ContractRules = (schema: string, fields: Readonly<Record<string, unknown>>) => readonly { readonly field: string; readonly message: string }[];

/** The rules of everybody's requests, for rows that come by another way. */
export function contractRules(): ContractRules {
  const contract = ContractValidator.of(loadContract());
  return (schema, fields) => contract.schema(schema)(fields).map(({ path, message }) => ({ field: path.replace(/^\//, ''), message }));
}

/** Whether a request could say this text where it says `schema`, such as `Email`. */
export const fits = (schema: string, text: string): boolean => ContractValidator.of(loadContract()).schema(schema)(text).length === 0;
