import { loadContract } from '../http/contract.ts';
import { schemasOf, type SchemaRules } from '../http/validator.ts';

/** Faults of fields by a schema of the contract, as `POST` would name them. */
export type ContractRules = (schema: string, fields: Readonly<Record<string, unknown>>) => readonly { readonly field: string; readonly message: string }[];

/** The rules of everybody's requests, for rows that come by another way. */
export function contractRules(): ContractRules {
  const compile = schemasOf(loadContract());
  const schemas = new Map<string, SchemaRules>();
  return (schema, fields) => {
    const rules = schemas.get(schema) ?? compile(schema);
    schemas.set(schema, rules);
    return rules(fields).map(({ path, message }) => ({ field: path.replace(/^\//, ''), message }));
  };
}
